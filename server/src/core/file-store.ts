/** The files of a workspace, by URI and by folder. */
import { folderOf } from './bundle/directory';
import type { ManifestFile } from './bundle/file';
import type { FileSettings } from './config/configuration';
import type { FileFacts } from './snapshot';
import { readIgnores } from './suppression/read';
import { lineStarts } from './text';

export interface FileStore {
  get(uri: string): FileFacts | undefined;
  /** Takes a file, in place of what was known of it. */
  set(file: FileFacts): void;
  delete(uri: string): void;
  has(uri: string): boolean;
  uris(): Iterable<string>;
  /** All files, as they are now: the store may be changed while they are gone through. */
  all(): readonly FileFacts[];
  /** Files of a folder, not of its subfolders. */
  in(folder: string): readonly string[];
  /** Files of a folder and all its subfolders. */
  below(folder: string): readonly string[];
  /** A file of a folder, not of its subfolders, holds a document that cannot be read. */
  hasUnreadable(folder: string): boolean;
  /** Folders that hold files, or have held some. */
  folders(): Iterable<string>;
  /** Offsets at which the lines of a file start. */
  lines(uri: string): readonly number[];
}

export function createFileStore(): FileStore {
  const files = new Map<string, FileFacts>();
  const folders = new Map<string, Set<string>>();
  /** By folder, the files that hold a document that cannot be read. */
  const unreadable = new Map<string, Set<string>>();
  const lines = new Map<string, readonly number[]>();

  return {
    get: (uri) => files.get(uri),
    set(file) {
      if (files.get(file.uri)?.text !== file.text) lines.delete(file.uri);
      files.set(file.uri, file);
      const folder = folderOf(file.uri);
      const neighbours = folders.get(folder) ?? new Set();
      folders.set(folder, neighbours.add(file.uri));
      if (file.unreadable) unreadable.set(folder, (unreadable.get(folder) ?? new Set()).add(file.uri));
      else unreadable.get(folder)?.delete(file.uri);
    },
    delete(uri) {
      files.delete(uri);
      folders.get(folderOf(uri))?.delete(uri);
      unreadable.get(folderOf(uri))?.delete(uri);
      lines.delete(uri);
    },
    has: (uri) => files.has(uri),
    uris: () => files.keys(),
    all: () => [...files.values()],
    in: (folder) => [...(folders.get(folder) ?? [])],
    below: (folder) =>
      [...folders].flatMap(([of, uris]) => (of === folder || of.startsWith(`${folder}/`) ? [...uris] : [])),
    hasUnreadable: (folder) => (unreadable.get(folder)?.size ?? 0) > 0,
    folders: () => folders.keys(),
    lines(uri) {
      const known = lines.get(uri) ?? lineStarts(files.get(uri)?.text ?? '');
      lines.set(uri, known);
      return known;
    },
  };
}

/** What is kept of a file that has been read. */
export function factsOf(read: ManifestFile, text: string, root: string, settings: FileSettings): FileFacts {
  return {
    uri: read.uri,
    root,
    text,
    role: read.role,
    resources: read.documents.flatMap((document) => document.reads.map(({ resource }) => resource)),
    unreadable: read.documents.some((document) => document.kubernetes && document.problems.length > 0),
    settings,
    ignores: readIgnores(read),
  };
}
