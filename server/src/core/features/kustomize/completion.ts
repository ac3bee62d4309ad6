/** What may be written in a kustomization: paths of files and folders that are here, and names of fields. */
import { isBelow, relativePath } from '../../bundle/kustomize/paths';
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { isKustomization } from '../../bundle/role';
import type { Span } from '../../value';
import { scalar } from '../../value';
import type { Snapshot } from '../../workspace';
import { fieldCompletions } from './complete-fields';
import type { KustomizationFile } from './file';
import { kustomizationFile, kustomizationFiles, pathAt } from './file';

export interface Completion {
  readonly type: 'file' | 'folder' | 'field';
  readonly label: string;
  /** What it takes the place of. */
  readonly at: Span;
  readonly newText: string;
}

/** More than these are no choice. */
const MAX_COMPLETIONS = 500;

/** In the order in which they are shown. */
export function completions(snapshot: Snapshot, uri: string, offset: number): readonly Completion[] {
  const text = snapshot.file(uri)?.text;
  if (text === undefined || !isKustomization(uri)) return [];
  const file = kustomizationFile(snapshot, uri);
  const path = pathAt(file, offset);
  return file && path
    ? pathCompletions(snapshot, file, path).slice(0, MAX_COMPLETIONS)
    : fieldCompletions(uri, text, offset);
}

/** Files below the kustomization first, then folders, the nearest first. What is listed already is left out. */
function pathCompletions(snapshot: Snapshot, file: KustomizationFile, path: WrittenPath): Completion[] {
  const listed = new Set(
    file.paths.flatMap((other) => (other !== path && other.field === path.field ? other.uri : [])),
  );
  const start = path.text.startsWith('./') ? './' : '';
  const complete =
    (type: 'file' | 'folder') =>
    (uri: string): Completion => {
      const label = relativePath(file.folder, uri);
      return { type, label, at: path.at, newText: start + label };
    };
  const files = [...snapshot.uris()].filter((uri) => !listed.has(uri) && isFileFor(snapshot, file, path, uri));
  const folders = kustomizationFiles(snapshot)
    .filter((other) => isFolderFor(file, path, other))
    .map(({ folder }) => folder)
    .filter((folder) => !listed.has(folder));
  const found = [...inOrder(files.map(complete('file'))), ...inOrder(folders.map(complete('folder')))];
  return found.filter(({ label }) => start === '' || !label.startsWith('../'));
}

function isFileFor(
  snapshot: Snapshot,
  { folder }: KustomizationFile,
  { use, field }: WrittenPath,
  uri: string,
): boolean {
  if (use === 'component' || isKustomization(uri) || !isBelow(uri, folder)) return false;
  if (use === 'file' || use === 'content') return true;
  const adds = field === 'resources' || field === 'bases';
  return /\.(?:ya?ml|json)$/.test(uri) && (!adds || (snapshot.file(uri)?.resources.length ?? 0) > 0);
}

/** Folders that lead back here are no choice. */
function isFolderFor({ folder }: KustomizationFile, { use }: WrittenPath, other: KustomizationFile): boolean {
  const isComponent = scalar(other.tree, 'kind')?.text === 'Component';
  return (use === 'component' ? isComponent : use === 'resource' && !isComponent) && !isBelow(folder, other.folder);
}

function inOrder(found: readonly Completion[]): Completion[] {
  const climbs = ({ label }: Completion) => label.split('../').length;
  return [...found].sort((a, b) => climbs(a) - climbs(b) || (a.label < b.label ? -1 : 1));
}
