/**
 * Builds every kustomization of folders with Podpath and with `kubectl kustomize`, and compares the results as data,
 * object by object and in order: `npm run kustomize:parity [-- DIR...]`. DIR is a kustomization, or a folder with
 * several; without one it is CORPUS (default ../shared/corpus). KUBECTL names the real tool. Exits with 1 when a root
 * differs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build, ParsedFiles, Span } from '../../server/src/core/index';
import { isKustomization, lineStarts, positionAt, yamlLines } from '../../server/src/core/index';
import { buildFiles } from '../../server/src/files/build-files';
import { fileUri } from '../../server/src/files/paths';
import { buildFolder, firstDifference, plain, plainDocuments } from './build';
import { findKubectl } from './kubectl';

interface Outcome {
  readonly dir: string;
  readonly result: 'same' | 'both refuse' | 'differs';
  readonly what: string;
}

const given = process.argv.slice(2);
const folders = given.length > 0 ? given : [process.env['CORPUS'] ?? '../shared/corpus'];
const kubectl = findKubectl();
const roots = folders.flatMap(rootsIn).sort();
const spent = { podpath: 0, processor: 0, kubectl: 0 };
const parsed: ParsedFiles = new Map();
const outcomes = roots.map(compare);

for (const { dir, result, what } of outcomes) if (result !== 'same') console.log(`${result}: ${dir}\n    ${what}`);
const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
const built = count('same') + count('differs');
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
console.log(
  `${roots.length} roots: ${count('same')} of ${built} that build are the same, ${count('both refuse')} are refused by both, ${count('differs')} differ`,
);
console.log(
  `one pass over all: Podpath ${seconds(spent.podpath)} (processor time ${seconds(spent.processor)}), kubectl kustomize ${seconds(spent.kubectl)}`,
);
process.exitCode = count('differs') === 0 ? 0 : 1;

/** The folders with a kustomization, in and below a folder. */
function rootsIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} does not exist`);
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.some((entry) => entry.isFile() && isKustomization(`/${entry.name}`)) ? [folder] : [];
  const below = entries.filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git',
  );
  return [...own, ...below.flatMap((entry) => rootsIn(join(folder, entry.name)))];
}

function compare(dir: string): Outcome {
  const started = performance.now();
  const before = process.cpuUsage();
  const build = buildFolder(dir, parsed);
  spent.podpath += performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  spent.processor += (user + system) / 1000;
  const begun = performance.now();
  // No remote resource is fetched: a proxy that nobody answers keeps both tools at home.
  const proxy = 'http://127.0.0.1:1';
  const env = { ...process.env, HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy, GIT_SSH_COMMAND: 'false' };
  const real = spawnSync(kubectl, ['kustomize', dir], { encoding: 'utf8', env, maxBuffer: 1 << 28, timeout: 60_000 });
  spent.kubectl += performance.now() - begun;
  const said = sentences(build);
  if (real.status !== 0) {
    const reason = firstError(real.stderr);
    return said === ''
      ? { dir, result: 'differs', what: `only the real tool refuses it: ${reason}` }
      : { dir, result: 'both refuse', what: `${said}\n    real tool: ${reason}` };
  }
  if (said !== '') return { dir, result: 'differs', what: `only Podpath refuses it: ${said}` };
  const mine = build.resources.map(({ tree }) => plain(tree));
  const text = build.resources
    .map(({ tree }) =>
      yamlLines(tree)
        .map((line) => `${line.text}\n`)
        .join(''),
    )
    .join('---\n');
  const what =
    firstDifference(mine, plainDocuments(real.stdout)) ??
    firstDifference(plainDocuments(text), mine)?.replace(/^/, 'as YAML ');
  return { dir, result: what === undefined ? 'same' : 'differs', what: what ?? '' };
}

function sentences({ problems, incomplete }: Build): string {
  return [...problems, ...incomplete].map(({ message, span }) => `${placeOf(span)} ${message}`).join('\n    ');
}

function placeOf({ uri, start }: Span): string {
  const { line } = positionAt(lineStarts(buildFiles.text(uri) ?? ''), start);
  return `${relative('.', fileURLToPath(uri))}:${line + 1}`;
}

function firstError(messages: string): string {
  const lines = messages.split('\n').filter((line) => line !== '' && !line.startsWith('# Warning'));
  return (lines.find((line) => line.startsWith('error:')) ?? lines[0] ?? '')
    .slice(0, 400)
    .replaceAll(fileURLToPath(fileUri('.')), '.');
}
