/** Real repositories on disk, each a workspace of its own. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Workspace } from '../../server/src/core/index';
import { createWorkspace } from '../../server/src/core/index';
import { diskFiles } from '../../server/src/files/disk';
import type { SourceFile } from '../../server/src/files/files';
import { fileUri } from '../../server/src/files/paths';
import { readWanted } from '../../server/src/files/wanted';

export interface Repository {
  readonly name: string;
  readonly root: string;
  readonly files: readonly SourceFile[];
}

/** Something that went wrong where nothing may. */
export interface Failure {
  readonly what: string;
  readonly uri: string;
  readonly error: unknown;
}

/** Every folder below `folder` with its manifests, in the order of their names. */
export async function* repositories(folder: string): AsyncIterable<Repository> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  for (const name of names) {
    const root = fileUri(resolve(join(folder, name)));
    const files: SourceFile[] = [];
    for await (const file of diskFiles(() => undefined).list([{ uri: root, exclude: [] }], [root])) files.push(file);
    yield { name, root, files };
  }
}

/** A workspace with all files of a repository. Rules that throw are told to `fail`. */
export async function workspaceOf({ root, files }: Repository, fail: (failure: Failure) => void): Promise<Workspace> {
  const workspace = createWorkspace((rule, uri, error) => fail({ what: `rule ${rule}`, uri, error }));
  workspace.setRoots([root]);
  for (const { uri, text } of files) workspace.set(uri, text);
  await readWanted(
    workspace,
    diskFiles(() => undefined),
  );
  return workspace;
}

/** The path of a file below the folder of repositories. */
export function shownPath({ name, root }: Repository, uri: string): string {
  return `${name}/${decodeURIComponent(uri.slice(root.length + 1))}`;
}
