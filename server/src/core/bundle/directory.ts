/** How near two plain files are, seen from one of them: the rings of files that are applied together. */

/** The folder of a file, without the last slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

/** The folders that hold a file, nearest first, up to the workspace folder `root`. */
export function foldersOf(uri: string, root: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); folder.length >= root.length && folder.startsWith(root); folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === root || folder === '') break;
  }
  return folders;
}

/** The last folder that holds both files. */
function sharedFolder(a: string, b: string): string {
  let cut = 0;
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end && a[at] === b[at]; at++) if (a[at] === '/') cut = at;
  return a.slice(0, cut);
}

function depth(folder: string): number {
  let count = 0;
  for (let at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1)) count++;
  return count;
}

/**
 * The ring in which `to` lies, seen from `from`: 0 the file itself, 1 its folder's files, 2 its subfolders; then for
 * the n-th parent folder 2n+1 its direct files, 2n+2 the rest of its subtree.
 */
export function ringOf(from: string, to: string): number {
  if (from === to) return 0;
  const shared = sharedFolder(from, to);
  const up = depth(folderOf(from)) - depth(shared);
  return folderOf(to) === shared ? 2 * up + 1 : 2 * up + 2;
}

/** In subfolders and cousin folders a whole folder is the alternative of another, not a single file. */
export function isFolderRing(ring: number): boolean {
  return ring >= 2 && ring % 2 === 0;
}
