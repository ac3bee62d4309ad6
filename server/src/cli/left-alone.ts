/** Says which files are recognised and not judged, so that no news is not taken for good news. */
import { isSource } from '../core/index';
import type { Call } from './command';
import type { Loaded } from './load';

/** A message where charts or kustomizations are among what PATH chooses; --quiet keeps it back. */
export function tellLeftAlone({ snapshot, reported }: Loaded, { options, io }: Call): void {
  const count = reported.filter((uri) => isSource(snapshot.file(uri)?.role)).length;
  if (count === 0 || options.has('quiet')) return;
  const files = count === 1 ? '1 file belongs' : `${count} files belong`;
  io.message(
    `${files} to Helm charts or kustomizations and ${count === 1 ? 'is' : 'are'} left alone until Podpath renders them`,
  );
}
