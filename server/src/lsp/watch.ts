/** What must be read again after changes on disk. */
import type { DidChangeWatchedFilesParams } from 'vscode-languageserver';
import { FileChangeType } from 'vscode-languageserver';
import { canonicalUri } from '../core/index';
import { isManifestName } from '../files/files';

/**
 * Files and folders to read again. A branch switch tells of hundreds at once, many of them twice. `isUsed` holds for files
 * of any name that kustomizations read.
 */
export function changedPlaces(
  { changes }: DidChangeWatchedFilesParams,
  isUsed: (uri: string) => boolean = () => false,
): string[] {
  const places = new Set<string>();
  for (const { uri: written, type } of changes) {
    const uri = canonicalUri(written);
    if (/\/(?:\.git|node_modules)(?:\/|$)/.test(uri)) continue;
    const cut = uri.lastIndexOf('/');
    const name = uri.slice(cut + 1);
    if (name === '.gitignore') places.add(uri.slice(0, cut));
    else if (isManifestName(decodeURIComponent(name))) places.add(uri);
    // Anything else may be a folder, unless it has changed: folders come and go.
    else if (type !== FileChangeType.Changed || isUsed(uri)) places.add(uri);
  }
  return [...places];
}
