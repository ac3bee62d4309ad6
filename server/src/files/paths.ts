/** Paths of this machine as URIs. */
import { pathToFileURL } from 'node:url';
import { canonicalUri } from '../core/index';

/** The canonical URI of a path. */
export function fileUri(path: string): string {
  return canonicalUri(pathToFileURL(path).href);
}
