/** Where manifests come from: a disk, or an editor that serves them. */

/** A folder whose manifests are read. Its URI is canonical (core/uri.ts). */
export interface Folder {
  readonly uri: string;
  /** Globs, relative to the folder: what matches, or lies below what matches, is left out (VS Code's `files.exclude`). */
  readonly exclude: readonly string[];
}

export interface SourceFile {
  readonly uri: string;
  readonly text: string;
}

export interface Files {
  /**
   * The manifests at these places, each a file or a folder with all below it. A place inside one of the folders is
   * left out as that folder has it (`exclude`, .gitignore, .git, node_modules); the folders themselves, and places
   * outside of all folders, never are. What does not exist gives nothing. Charts and kustomizations come first.
   */
  list(folders: readonly Folder[], places: readonly string[]): AsyncIterable<SourceFile>;
  /** These files, whatever their names and whoever ignores them. What does not exist gives nothing. */
  read(uris: readonly string[]): AsyncIterable<SourceFile>;
}

/** `failed`: the file system refused. `skipped`: it is too large, or no text. */
export type ProblemKind = 'failed' | 'skipped';

/** Told, in a sentence, of what could not be read. */
export type ReportProblem = (uri: string, message: string, kind: ProblemKind) => void;

/** Names that may hold manifests, or say how others are used. */
export function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name) || name === 'Kustomization';
}
