/** A kustomization as a person writes it: its tree and its paths, and where they lead. */
import { folderOf } from '../../bundle/directory';
import { withFieldNames } from '../../bundle/kustomize/kustomization-fields';
import { kustomizationNames } from '../../bundle/kustomize/paths';
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { writtenPaths } from '../../bundle/kustomize/written-paths';
import { isKustomization } from '../../bundle/role';
import type { MapValue, Span } from '../../value';
import type { FileFacts, Snapshot } from '../../workspace';
import { readDocument } from '../../yaml';
import type { SuppliedPath } from './deployments';
import { appliedPaths, componentPathsIn } from './deployments';

export interface KustomizationFile {
  readonly uri: string;
  readonly folder: string;
  readonly tree: MapValue;
  readonly paths: readonly WrittenPath[];
}

/** Facts of a file are made anew when its text changes, so what is read from it lives as long as they do. */
const known = new WeakMap<FileFacts, KustomizationFile | undefined>();

/** The kustomization in a file; undefined where there is none, or it is no map. */
export function kustomizationFile(snapshot: Snapshot, uri: string): KustomizationFile | undefined {
  const file = isKustomization(uri) ? snapshot.file(uri) : undefined;
  if (!file) return undefined;
  if (!known.has(file)) known.set(file, read(file));
  return known.get(file);
}

function read({ uri, text }: FileFacts): KustomizationFile | undefined {
  const { value } = readDocument(uri, text, { start: 0, end: text.length }, 'kubectl');
  if (value?.type !== 'map') return undefined;
  const tree = withFieldNames(value);
  const folder = folderOf(uri);
  return { uri, folder, tree, paths: writtenPaths(tree, folder) };
}

/** All kustomizations, in the order of their URIs. */
export function kustomizationFiles(snapshot: Snapshot): KustomizationFile[] {
  return [...snapshot.uris()]
    .filter(isKustomization)
    .sort()
    .flatMap((uri) => kustomizationFile(snapshot, uri) ?? []);
}

/** The file that a path leads to: itself, or the kustomization of the folder. Undefined where neither is here. */
export function fileOf(snapshot: Snapshot, { uri }: Pick<WrittenPath, 'uri'>): string | undefined {
  if (uri === undefined) return undefined;
  return snapshot.file(uri) ? uri : kustomizationOf(snapshot, uri);
}

export function kustomizationOf(snapshot: Snapshot, folder: string): string | undefined {
  return kustomizationNames.map((name) => `${folder}/${name}`).find((uri) => snapshot.file(uri));
}

/** The path under the cursor. */
export function pathAt(file: KustomizationFile | undefined, offset: number): WrittenPath | undefined {
  return file?.paths.find(({ at }) => holds(at, offset));
}

const holds = ({ start, end }: Span, offset: number) => start <= offset && offset <= end;

/** The path under the cursor, of a kustomization or of a component in an object that applies one. */
export function writtenPathAt(snapshot: Snapshot, uri: string, offset: number): WrittenPath | undefined {
  const file = kustomizationFile(snapshot, uri);
  return file ? pathAt(file, offset) : componentPathAt(snapshot, uri, offset);
}

/** The component under the cursor, in an object that adds it to a bundle. */
export function componentPathAt(snapshot: Snapshot, uri: string, offset: number): SuppliedPath | undefined {
  return componentPathsIn(snapshot, uri).find(({ at }) => holds(at, offset));
}

export interface DocumentLink {
  readonly at: Span;
  /** The URI of the file that it opens. */
  readonly target: string;
}

/** The paths of a kustomization, or of an object that applies one, that lead to files of the workspace. */
export function documentLinks(snapshot: Snapshot, uri: string): readonly DocumentLink[] {
  const file = kustomizationFile(snapshot, uri);
  const links = (file?.paths ?? componentPathsIn(snapshot, uri)).flatMap((path) => {
    const target = fileOf(snapshot, path);
    return target === undefined ? [] : [{ at: path.at, target }];
  });
  if (file) return links;
  // Flux applies a folder of plain files too, where there is no kustomization to open.
  const applied = appliedPaths(snapshot, uri).filter(({ bundle }) => snapshot.file(bundle.from));
  return once([...applied.map(({ at, bundle }) => ({ at, target: bundle.from })), ...links]);
}

/** What an ApplicationSet generates has one path in common: what leads to the same file is one link. */
function once(links: readonly DocumentLink[]): DocumentLink[] {
  const known = new Map(links.map((link) => [`${link.at.start} ${link.target}`, link]));
  return [...known.values()];
}
