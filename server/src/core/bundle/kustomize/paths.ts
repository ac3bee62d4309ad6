/** Paths in kustomizations: local ones beside the folder, and those that lead elsewhere. */
import { decoded } from '../../uri';

/** The names of a kustomization file (konfig.RecognizedKustomizationFileNames). */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** True for URLs and for the short forms of repositories that kustomize fetches. */
export function isRemote(path: string): boolean {
  return (
    /^[\w+.-]+:\/\//.test(path) ||
    /^(?:git::|[\w.-]+@[\w.-]+[:/]|(?:www\.)?github\.com[:/]|gh:)/i.test(path) ||
    /\.git(?:[/?]|$)|\?ref=/.test(path)
  );
}

export function isBelow(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}

/** The last name of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path from one folder to a file below or beside it, with `../` where it must climb. */
export function relativePath(folder: string, uri: string): string {
  const from = folder.split('/');
  const to = uri.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same).map(decoded)].join('/');
}
