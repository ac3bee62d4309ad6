/**
 * Breaks one thing at a time in clean files of real repositories, and counts what is found: `npm run faults [-- DIR] [--json]`.
 * Found is a new error or warning at the broken line or on the same way of traffic; all others are extra. Fails when a
 * break is missed and nothing explains it.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Repository } from './corpus/repositories';
import { repositories, shownPath, workspaceOf } from './corpus/repositories';
import type { Break, Kind } from './faults/breaks';
import { breaksOf, kinds } from './faults/breaks';
import { brokenRules } from './faults/rule-breaks';
import type { Trial } from './faults/try';
import { findingsBefore, tryBreak } from './faults/try';

/** Of each kind, at most this many are tried in a repository; a few will do of what one rule decides. */
const MOST = 60;
const FEW = 5;

/** Of all kinds together, at most this many are tried in a repository; with `THOROUGH=1` all. */
const TOTAL = process.env['THOROUGH'] === '1' ? Infinity : 50;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const folder = positionals[0] ?? '../shared/corpus';
if (!existsSync(folder)) {
  console.error(`${folder} does not exist`);
  process.exit(2);
}

const trials: (Trial & { readonly path: string })[] = [];
const start = performance.now();
for await (const repository of repositories(folder)) trials.push(...(await tryAll(repository)));
if (values.json) console.log(JSON.stringify({ version: 1, trials: trials }, null, 2));
else print();
// A miss that nothing explains is a bug of a rule.
if (trials.some(({ result, words }) => result === 'missed' && words === undefined)) process.exitCode = 1;

async function tryAll(repository: Repository): Promise<(Trial & { readonly path: string })[]> {
  const workspace = await workspaceOf(repository, ({ what, uri, error }) => {
    throw new Error(`${what} threw on ${uri}`, { cause: error });
  });
  const snapshot = workspace.snapshot();
  const random = seeded(repository.name);
  const clean = [...snapshot.uris()].sort().filter((uri) => {
    const isPlain = snapshot.file(uri)?.role === 'plain';
    return isPlain && !snapshot.findings(uri).some(({ level }) => level === 'error' || level === 'warning');
  });
  const breaks = clean.flatMap((uri) =>
    (snapshot.file(uri)?.resources ?? []).flatMap((resource) => breaksOf(snapshot, resource, random)),
  );
  const before = findingsBefore(snapshot);
  workspace.takeStale();
  const chosen = kinds.map((kind) =>
    sample(
      breaks.filter((item) => item.kind === kind),
      brokenRules.some((rule) => rule === kind) ? FEW : MOST,
      random,
    ),
  );
  return inTurns(chosen)
    .slice(0, TOTAL)
    .map((item) => tryBreak(workspace, before, item))
    .map((trial) => ({ ...trial, path: shownPath(repository, trial.uri) }));
}

/** The first of each list, then the second of each. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

/** At most so many of them, spread evenly over the repository. */
function sample(breaks: readonly Break[], most: number, random: () => number): Break[] {
  const step = breaks.length / most;
  if (step <= 1) return [...breaks];
  return Array.from({ length: most }, (_, index) => breaks[Math.floor((index + random()) * step)]).filter(
    (item) => item !== undefined,
  );
}

/** The same numbers on every run (a linear congruential generator, seeded by a name). */
function seeded(name: string): () => number {
  let state = Array.from(name).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function print(): void {
  for (const trial of trials) {
    if (trial.result !== 'found')
      console.log(`${trial.result}: ${place(trial)}\n    ${trial.words ?? 'nothing explains it'}`);
    for (const words of trial.extra) console.log(`extra: ${place(trial)}\n    ${words}`);
  }
  console.log(`\n${'fault'.padEnd(28)}  tried  found  information  missed  extra  found of those that can be`);
  for (const kind of kinds)
    row(
      kind,
      trials.filter((trial) => trial.kind === kind),
    );
  row('all', trials);
  console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function place({ kind, path, line, change }: Trial & { readonly path: string }): string {
  return `${kind}, ${path}:${line} ${change}`;
}

function row(name: Kind | 'all', some: readonly Trial[]): void {
  const count = (result: Trial['result']) => some.filter((trial) => trial.result === result).length;
  const explained = some.filter((trial) => trial.result === 'missed' && trial.words !== undefined).length;
  const extra = some.reduce((sum, trial) => sum + trial.extra.length, 0);
  const share = (100 * count('found')) / Math.max(1, some.length - explained);
  console.log(
    name.padEnd(28) +
      [some.length, count('found')].map((value) => String(value).padStart(7)).join('') +
      String(count('information')).padStart(13) +
      String(count('missed')).padStart(8) +
      String(extra).padStart(7) +
      `${share.toFixed(1)} %`.padStart(12),
  );
}
