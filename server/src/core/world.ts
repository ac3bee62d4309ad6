/** The world of a file or folder: everything that is applied together with it, seen from there. */
import type { Resource } from './resource';
import type { Snapshot } from './workspace';
import { folderOf } from './bundle/directory';

export interface World {
  readonly resources: readonly Resource[];
  /** Files that are alternatives of nearer ones. */
  readonly leftOut: readonly string[];
}

/**
 * All rings of `from` minus alternatives, in file order. `from` is a file, or a folder with a slash at its end; `within`
 * is the folder that bounds the world, the workspace folder of a file or the folder itself.
 */
export function worldOf(snapshot: Snapshot, from: string, within: string): World {
  const leftOut: string[] = [];
  const resources: Resource[] = [];
  for (const uri of [...snapshot.uris()].sort()) {
    const file = snapshot.file(uri);
    const [first] = file?.resources ?? [];
    if (!file || !first || file.role !== 'plain' || !isWithin(uri, within)) continue;
    if (snapshot.links.isAlternative(first, from)) leftOut.push(uri);
    else resources.push(...file.resources);
  }
  return { resources, leftOut };
}

function isWithin(uri: string, folder: string): boolean {
  return uri.startsWith(`${folder}/`) || folderOf(uri) === folder;
}
