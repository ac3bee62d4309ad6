/** Which files of a folder are left out: by .gitignore files, by globs, and always .git and node_modules. */
import type { Ignore } from 'ignore';
import ignore from 'ignore';
import picomatch from 'picomatch';
import type { Folder } from './files';

export interface Filter {
  /** Takes the text of a .gitignore; a folder's rules must be known before anything in it is asked about. */
  addRules(folder: string, text: string): void;
  /** True when the file or folder, or a folder above it, is left out. The folder itself never is. */
  leavesOut(uri: string, isFolder: boolean): boolean;
}

const neverRead = new Set(['.git', '.hg', '.svn', 'node_modules']);

export function createFilter({ uri: root, exclude }: Folder): Filter {
  const isExcluded = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : () => false;
  const rules = new Map<string, Ignore>();
  const folders = new Map<string, boolean>([[root, false]]);

  /** The deepest rules that say something count. Folders above are known not to be left out. */
  function isIgnored(uri: string, isFolder: boolean): boolean {
    for (let folder = parent(uri); folder !== ''; folder = parent(folder)) {
      const result = rules.get(folder)?.test(below(folder, uri) + (isFolder ? '/' : ''));
      if (result?.ignored && !ignoresFolder(folder, parent(uri))) return true;
      if (result?.unignored) return false;
    }
    return false;
  }

  /** These rules ignore the whole folder; deeper rules have overruled them, or nobody would ask about its files. */
  function ignoresFolder(folder: string, inner: string): boolean {
    return inner !== folder && rules.get(folder)?.test(`${below(folder, inner)}/`).ignored === true;
  }

  function isLeftOut(uri: string, isFolder: boolean): boolean {
    const folder = parent(uri);
    if (folder.length < root.length || folderIsLeftOut(folder)) return true;
    const name = uri.slice(folder.length + 1);
    return neverRead.has(name) || isExcluded(below(root, uri)) || isIgnored(uri, isFolder);
  }

  function folderIsLeftOut(uri: string): boolean {
    const known = folders.get(uri);
    if (known !== undefined) return known;
    const answer = isLeftOut(uri, true);
    folders.set(uri, answer);
    return answer;
  }

  return {
    addRules(folder, text) {
      const read = ignore().add(text);
      // A folder that a person opens is not left out because a folder above it ignores it.
      if (root.startsWith(`${folder}/`) && read.test(`${below(folder, root)}/`).ignored) return;
      rules.set(folder, read);
    },
    leavesOut: (uri, isFolder) => (isFolder ? folderIsLeftOut(uri) : isLeftOut(uri, false)),
  };
}

function parent(uri: string): string {
  return uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
}

function below(folder: string, uri: string): string {
  return decodeURIComponent(uri.slice(folder.length + 1));
}
