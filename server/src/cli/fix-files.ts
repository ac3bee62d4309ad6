/** `--fix` and `--fix-dry-run`: what they write, print and say. */
import type { Call } from './command';
import { unifiedDiff } from './diff';
import { applyFixes, writeFixed } from './fix';
import type { Loaded } from './load';

/** Mends files, or prints the diff that would; answers what is on the disk afterwards. */
export function fixFiles(start: Loaded, call: Call): Loaded {
  const { options, io } = call;
  const { loaded, counts, changes } = applyFixes(start);
  const { show } = start;
  if (options.has('fix-dry-run')) {
    for (const [uri, { before, after }] of changes) io.out(unifiedDiff(show(uri), before, after));
    if (!options.has('quiet')) tell(counts, 'would be fixed', start, io.message);
    return start.update(new Map([...changes].map(([uri, { before }]) => [uri, before])));
  }
  const failed = new Map<string, string>();
  for (const [uri, change] of changes) {
    const why = writeFixed(uri, change);
    if (why === undefined) continue;
    failed.set(uri, change.before);
    io.message(`${show(uri)} ${why}, so it is not fixed`);
  }
  const written = new Map([...counts].filter(([uri]) => !failed.has(uri)));
  if (!options.has('quiet')) tell(written, 'fixed', start, io.message);
  return failed.size > 0 ? loaded.update(failed) : loaded;
}

function tell(
  counts: ReadonlyMap<string, number>,
  what: string,
  { show }: Loaded,
  message: (line: string) => void,
): void {
  for (const [uri, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    message(`${show(uri)}: ${count} ${count === 1 ? 'finding' : 'findings'} ${what}`);
  if (counts.size === 0) message(`nothing to fix: what is left needs a person's choice`);
}
