/**
 * Runs every rule and feature over every repository of a folder: `npm run corpus [-- DIR] [--json]`. Fails when
 * something throws, or when an error or warning is not in corpus-review.md, where each is explained.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Finding, Level, Snapshot } from '../server/src/core/index';
import { levels, lineOf, plainText } from '../server/src/core/index';
import { askAll } from './corpus/features';
import type { Failure, Repository } from './corpus/repositories';
import { repositories, shownPath, workspaceOf } from './corpus/repositories';
import type { Entry } from './corpus/review';
import { readReview } from './corpus/review';

interface Found {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
}

interface Row {
  readonly repository: string;
  readonly files: number;
  readonly resources: number;
  readonly findings: readonly Found[];
  readonly milliseconds: number;
  readonly questions: number;
  readonly megabytes: number;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const folder = positionals[0] ?? '../shared/corpus';
if (!existsSync(folder)) {
  console.error(`${folder} does not exist`);
  process.exit(2);
}

const failures: Failure[] = [];
const rows: Row[] = [];
for await (const repository of repositories(folder)) rows.push(await run(repository));
const findings = rows.flatMap((row) => row.findings);
if (values.json) console.log(JSON.stringify({ version: 1, repositories: rows }, null, 2));
else printRows();

const entries = readReview(readFileSync('test/corpus-review.md', 'utf8'));
const grave = findings.filter(({ level }) => level === 'error' || level === 'warning');
const unreviewed = grave.filter((finding) => !entries.some((entry) => entry.covers(finding)));
const vanished = entries.filter((entry) => !grave.some((finding) => entry.covers(finding)));
if (!values.json) printOutcome(unreviewed, vanished);
if (failures.length > 0 || unreviewed.length > 0) process.exitCode = 1;

async function run(repository: Repository): Promise<Row> {
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const workspace = await workspaceOf(repository, (failure) => failures.push(failure));
  const snapshot = workspace.snapshot();
  const uris = [...snapshot.uris()];
  const found = uris.flatMap((uri) => snapshot.findings(uri).map((finding) => describe(repository, snapshot, finding)));
  const milliseconds = performance.now() - start;
  const megabytes = Math.max(0, process.memoryUsage().heapUsed - before) / 1e6;
  return {
    repository: repository.name,
    files: uris.length,
    resources: uris.reduce((sum, uri) => sum + (snapshot.file(uri)?.resources.length ?? 0), 0),
    findings: found,
    milliseconds: Math.round(milliseconds),
    questions: askAll(snapshot, (failure) => failures.push(failure)),
    megabytes: Math.round(megabytes),
  };
}

function describe(repository: Repository, snapshot: Snapshot, { at, rule, level, message }: Finding): Found {
  const show = (uri: string) => shownPath(repository, uri);
  return { path: show(at.uri), line: lineOf(snapshot, at), rule, level, message: plainText(message, snapshot, show) };
}

function printRows(): void {
  console.log(`${'repository'.padEnd(46)} files resources  E/W/I/H           ms    MB`);
  for (const { repository, files, resources, findings: found, milliseconds, megabytes } of rows) {
    const numbers = levels.map((level) => found.filter((finding) => finding.level === level).length).join('/');
    console.log(
      `${repository.padEnd(46)} ${pad(files, 5)} ${pad(resources, 9)}  ${numbers.padEnd(14)} ${pad(milliseconds, 5)} ${pad(megabytes, 5)}`,
    );
    for (const line of byRule(found)) console.log(`    ${line}`);
  }
  console.log('\nall repositories');
  for (const line of byRule(findings)) console.log(`    ${line}`);
  console.log(`    ${rows.reduce((sum, row) => sum + row.questions, 0)} questions to hovers and other features`);
}

function byRule(found: readonly Found[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, level } of found) counts.set(`${level} ${rule}`, (counts.get(`${level} ${rule}`) ?? 0) + 1);
  const rank = (key: string) => levels.findIndex((level) => key.startsWith(`${level} `));
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([key, count]) => `${pad(count, 4)} ${key}`);
}

function printOutcome(unreviewedFindings: readonly Found[], vanishedEntries: readonly Entry[]): void {
  for (const { path, line, level, rule, message } of unreviewedFindings)
    console.log(`unreviewed: ${path}:${line} ${level} ${rule}: ${message}`);
  for (const { text } of vanishedEntries) console.log(`listed, but not found any more: ${text}`);
  for (const { what, uri, error } of failures) console.log(`FAILED: ${what} on ${uri}`, error);
  console.log(
    `\n${grave.length} errors and warnings, ${unreviewedFindings.length} unreviewed, ${vanishedEntries.length} vanished, ${failures.length} failures`,
  );
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
