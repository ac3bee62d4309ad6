/** Says which files are recognised and not judged, so that no news is not taken for good news. */
import type { Call } from './command';
import type { Loaded } from './load';

/** A message where charts are among what PATH chooses; --quiet keeps it back. */
export function tellLeftAlone({ snapshot, reported }: Loaded, { options, io }: Call): void {
  const count = reported.filter((uri) => snapshot.file(uri)?.role === 'chart').length;
  if (count === 0 || options.has('quiet')) return;
  const files = count === 1 ? '1 file belongs' : `${count} files belong`;
  io.message(`${files} to Helm charts and ${count === 1 ? 'is' : 'are'} left alone until Podpath renders them`);
}
