/** Baselines of `podpath check`: writing one, and saying which entries are no longer needed. */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryOf, keyOf, readBaseline, resolvePath, writeBaseline } from '../core/index';
import { fileUri } from '../files/paths';
import { reason } from '../files/reason';
import { readText } from './config';
import type { Call } from './command';
import type { Loaded } from './load';
import { UsageError } from './usage-error';
import { chosenFindings } from './worlds';

/**
 * Writes all findings of the reported files as known. Entries of files that exist and are not reported stay. Answers how
 * many findings there are. Throws UsageError where the file cannot be written.
 */
export function writeBaselineFile(named: string, loaded: Loaded, call: Pick<Call, 'options' | 'io'>): number {
  const { snapshot } = loaded;
  const { uris, isReported } = chosenFindings(loaded);
  const path = resolve(call.io.cwd, named);
  const uri = fileUri(path);
  const entries = uris.flatMap((file) =>
    snapshot
      .findings(file)
      .filter(isReported)
      .map((finding) => entryOf(finding, snapshot.file(file)?.text ?? '', uri)),
  );
  const before = existsSync(path) ? readBaseline(uri, readText(path, named)) : undefined;
  if (existsSync(path) && !before) throw new UsageError(`${named} exists and is no baseline, so it is not overwritten`);
  const kept = (before?.entries ?? []).filter(({ file }) => {
    const other = resolvePath(uri.slice(0, uri.lastIndexOf('/')), file);
    return !uris.includes(other) && existsSync(fileURLToPath(other));
  });
  try {
    writeFileSync(path, writeBaseline([...kept, ...entries]));
  } catch (error) {
    throw new UsageError(`${named} cannot be written: ${reason(error)}`);
  }
  return entries.length;
}

/** Says once how many entries of each baseline stand for nothing any more, in files that were looked at or are gone. */
export function tellStale(loaded: Loaded, call: Pick<Call, 'options' | 'io'>): void {
  const { snapshot, show } = loaded;
  const { uris } = chosenFindings(loaded);
  const baselines = new Set(uris.flatMap((uri) => snapshot.baselineOf(uri) ?? []));
  for (const uri of baselines) {
    const counts = new Map<string, number>();
    for (const file of uris)
      for (const finding of snapshot.baselineOf(file) === uri ? snapshot.known(file) : []) {
        const key = keyOf(entryOf(finding, snapshot.file(file)?.text ?? '', uri));
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    let stale = 0;
    for (const entry of snapshot.baseline(uri)?.entries ?? []) {
      const file = resolvePath(folder, entry.file);
      if (!uris.includes(file) && existsSync(fileURLToPath(file))) continue;
      const left = (entry.count ?? 1) - (counts.get(keyOf(entry)) ?? 0);
      if (left > 0) stale += left;
    }
    if (stale > 0)
      call.io.message(
        `${show(uri)}: ${stale === 1 ? '1 known finding is' : `${stale} known findings are`} gone; --write-baseline ${show(uri)} takes ${stale === 1 ? 'it' : 'them'} out`,
      );
  }
}
