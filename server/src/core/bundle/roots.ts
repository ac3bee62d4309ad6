/** Which kustomizations are applied on their own, and who applies them. */
import type { Deployment } from './deployment';
import { folderOf, foldersOf } from './directory';
import { kustomizationNames, resolvePath } from './kustomize/paths';
import type { Named } from './role';

export interface BundleRoot {
  /** The `uri` of the resources that it builds. */
  readonly id: string;
  /** The kustomization file. */
  readonly from: string;
  /** What applies it, and adds to it; undefined where nothing here does. */
  readonly deployment: Deployment | undefined;
}

/** The id of the bundle that is built in a folder. No file has it, so nothing else is in its folder. */
export function bundleId(folder: string): string {
  return `${folder}/?kustomize/result`;
}

/** What is applied on its own, and the folders of plain files that a deployment applies as a whole. */
export interface Roots {
  readonly roots: readonly BundleRoot[];
  readonly generated: ReadonlySet<string>;
  /** The folders that have a kustomization. */
  readonly kustomizations: ReadonlySet<string>;
}

/**
 * Each kustomization that no other one builds on, and each folder that a deployment names, once for each of these.
 * `rootOf` gives the workspace folder of a file, where paths of deployments start.
 */
export function findRoots(
  named: ReadonlyMap<string, Named>,
  deployments: readonly Deployment[],
  rootOf: (uri: string) => string,
): Roots {
  const files = new Map<string, string>();
  for (const [uri, { component }] of [...named].sort(byKey))
    if (!component && !files.has(folderOf(uri))) files.set(folderOf(uri), uri);
  const folders = new Set([...named.keys()].map(folderOf));
  const deployed = new Map<string, Deployment[]>();
  const generated = new Set<string>();
  for (const deployment of [...deployments].sort((a, b) => (a.uri < b.uri ? -1 : 1))) {
    const folder = folderMeant(deployment, rootOf(deployment.uri), files);
    if (folder === undefined || (folders.has(folder) && !files.has(folder))) continue;
    deployed.set(folder, [...(deployed.get(folder) ?? []), deployment]);
    if (!files.has(folder)) generated.add(folder);
  }
  const inner = new Set([...named.values()].flatMap((item) => item.folders));
  const isOuter = (folder: string) =>
    !inner.has(folder) && !deployed.has(folder) && !isWithin(folderOf(folder), { generated, kustomizations: folders });
  const roots = new Set([...[...files.keys()].filter(isOuter), ...deployed.keys()]);
  for (const folder of cycles(named, files, roots)) roots.add(folder);
  const found = [...roots].flatMap((folder) =>
    (deployed.get(folder) ?? [undefined]).map((deployment, index): BundleRoot => ({
      id: index === 0 ? bundleId(folder) : `${bundleId(folder)}-${index + 1}`,
      from: files.get(folder) ?? `${folder}/${kustomizationNames[0] ?? ''}`,
      deployment,
    })),
  );
  return { roots: found, generated, kustomizations: folders };
}

/** True when a folder is applied as part of a folder of plain files: no kustomization stands on the way up to it. */
export function isWithin(
  folder: string,
  { generated, kustomizations }: Pick<Roots, 'generated' | 'kustomizations'>,
): boolean {
  if (generated.size === 0) return false;
  for (const above of foldersOf(`${folder}/`, '')) {
    if (kustomizations.has(above)) return false;
    if (generated.has(above)) return true;
  }
  return false;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/**
 * The folder that a path leads to, with a kustomization: from the workspace folder, else from a folder in it that may be a repository of its
 * own. A folder that holds the deployment itself is meant only from the very root. Without a kustomization it is the folder of
 * plain files below the workspace folder, where the tool makes a kustomization of them.
 */
function folderMeant(
  { uri, path, supply }: Deployment,
  root: string,
  kustomizations: ReadonlyMap<string, string>,
): string | undefined {
  const found = foldersOf(uri, root)
    .reverse()
    .map((start) => ({ start, folder: resolvePath(start, path.text) }))
    .find(({ start, folder }) => kustomizations.has(folder) && (start === root || !uri.startsWith(`${folder}/`)));
  return found?.folder ?? (supply.generates ? resolvePath(root, path.text) : undefined);
}

/** A kustomization of each cycle that no root leads to: it would be built by nobody, and its mistake never be told. */
function cycles(
  named: ReadonlyMap<string, Named>,
  files: ReadonlyMap<string, string>,
  roots: ReadonlySet<string>,
): string[] {
  const foldersIn = (folder: string) => {
    const uri = files.get(folder);
    return uri === undefined ? [] : (named.get(uri)?.folders ?? []);
  };
  const reach = (from: Iterable<string>, known: Set<string>) => {
    const open = [...from];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (known.has(folder)) continue;
      known.add(folder);
      open.push(...foldersIn(folder));
    }
    return known;
  };
  const built = reach(roots, new Set<string>());
  const found: string[] = [];
  for (const folder of files.keys()) {
    if (built.has(folder) || !reach(foldersIn(folder), new Set()).has(folder)) continue;
    found.push(folder);
    reach([folder], built);
  }
  return found;
}
