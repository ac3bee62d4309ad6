/** What may be written in a kustomization: paths of files and folders that are here, and names of fields. */
import { isBelow, relativePath } from '../../bundle/kustomize/paths';
import { deploymentsIn } from '../../bundle/deployment';
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { pathOf } from '../../bundle/kustomize/written-paths';
import { isKustomization } from '../../bundle/role';
import type { Span } from '../../value';
import { scalar } from '../../value';
import type { Snapshot } from '../../workspace';
import { fieldCompletions } from './complete-fields';
import { componentPaths } from './deployments';
import type { KustomizationFile } from './file';
import { componentPathAt, kustomizationFile, kustomizationFiles, pathAt } from './file';

export interface Completion {
  readonly type: 'file' | 'folder' | 'field';
  readonly label: string;
  /** What it takes the place of. */
  readonly at: Span;
  readonly newText: string;
}

/** Where paths are written. */
type Place = Pick<KustomizationFile, 'folder' | 'paths'>;

/** More than these are no choice. */
const MAX_COMPLETIONS = 500;

/** In the order in which they are shown: of a kustomization, or of an object that applies one. */
export function completions(snapshot: Snapshot, uri: string, offset: number): readonly Completion[] {
  const text = snapshot.file(uri)?.text;
  if (text === undefined) return [];
  if (!isKustomization(uri)) return deploymentCompletions(snapshot, uri, text, offset).slice(0, MAX_COMPLETIONS);
  const file = kustomizationFile(snapshot, uri);
  const path = pathAt(file, offset);
  return file && path
    ? pathCompletions(snapshot, file, path).slice(0, MAX_COMPLETIONS)
    : fieldCompletions(uri, text, offset);
}

/** The folder that an object of Flux or Argo CD applies, from the root of the repository, or a component that it adds. */
function deploymentCompletions(snapshot: Snapshot, uri: string, text: string, offset: number): Completion[] {
  const component = componentPathAt(snapshot, uri, offset);
  if (component) {
    const { folder } = component.bundle;
    return pathCompletions(snapshot, { folder, paths: componentPaths(component.bundle) }, component);
  }
  const root = snapshot.file(uri)?.root;
  const path = deploymentsIn(uri, text).single.find(
    ({ path: { origin } }) => origin.verbatim && origin.start <= offset && offset <= origin.end,
  )?.path;
  if (!path || root === undefined) return [];
  const { at } = pathOf(path, 'path', 'resource', root);
  const start = path.text.startsWith('./') ? './' : '';
  return inOrder(
    kustomizationFiles(snapshot)
      .filter(({ folder, tree }) => isBelow(folder, root) && scalar(tree, 'kind')?.text !== 'Component')
      .map(({ folder }) => {
        const label = relativePath(root, folder);
        return { type: 'folder', label, at, newText: start + label };
      }),
  );
}

/** Files below the kustomization first, then folders, the nearest first. What is listed already is left out. */
function pathCompletions(snapshot: Snapshot, file: Place, path: WrittenPath): Completion[] {
  const listed = new Set(
    file.paths.flatMap((other) => (other.at.start !== path.at.start && other.field === path.field ? other.uri : [])),
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

function isFileFor(snapshot: Snapshot, { folder }: Place, { use, field }: WrittenPath, uri: string): boolean {
  if (use === 'component' || isKustomization(uri) || !isBelow(uri, folder)) return false;
  if (use === 'file' || use === 'content') return true;
  const adds = field === 'resources' || field === 'bases';
  return /\.(?:ya?ml|json)$/.test(uri) && (!adds || (snapshot.file(uri)?.resources.length ?? 0) > 0);
}

/** Folders that lead back here are no choice. */
function isFolderFor({ folder }: Place, { use }: WrittenPath, other: KustomizationFile): boolean {
  const isComponent = scalar(other.tree, 'kind')?.text === 'Component';
  return (use === 'component' ? isComponent : use === 'resource' && !isComponent) && !isBelow(folder, other.folder);
}

function inOrder(found: readonly Completion[]): Completion[] {
  const climbs = ({ label }: Completion) => label.split('../').length;
  return [...found].sort((a, b) => climbs(a) - climbs(b) || (a.label < b.label ? -1 : 1));
}
