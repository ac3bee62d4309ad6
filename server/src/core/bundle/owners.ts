/** Which files kustomizations own, counted: a file may be named by several. */

export interface Owners {
  /** Takes the files that a kustomization owns now; answers those that it owned before or owns now. */
  set(kustomization: string, files: readonly string[]): ReadonlySet<string>;
  isOwned(uri: string): boolean;
}

export function createOwners(): Owners {
  const owns = new Map<string, readonly string[]>();
  const counts = new Map<string, number>();
  return {
    set(kustomization, files) {
      const before = owns.get(kustomization) ?? [];
      for (const file of before) {
        const count = (counts.get(file) ?? 1) - 1;
        if (count === 0) counts.delete(file);
        else counts.set(file, count);
      }
      for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
      if (files.length > 0) owns.set(kustomization, files);
      else owns.delete(kustomization);
      return new Set([...before, ...files]);
    },
    isOwned: (uri) => counts.has(uri),
  };
}
