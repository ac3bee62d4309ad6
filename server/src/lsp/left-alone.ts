/** Says once which files are recognised and not judged. */
import type { Snapshot } from '../core/index';

/** One line for the output channel; undefined where there is nothing to say. */
export function leftAlone(snapshot: Snapshot, path: (uri: string) => string): string | undefined {
  const uris = [...snapshot.uris()].filter((uri) => snapshot.file(uri)?.role === 'chart').sort();
  if (uris.length === 0) return undefined;
  const named = uris.slice(0, 8).map(path);
  const more = uris.length - named.length;
  const files =
    uris.length === 1 ? '1 file belongs to a Helm chart and is' : `${uris.length} files belong to Helm charts and are`;
  return `${files} left alone until Podpath renders them: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
