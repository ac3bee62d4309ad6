/** Manifests from a disk. */
import { readFile, stat } from 'node:fs/promises';
import { MAX_FILE_LENGTH, isChart, isKustomization } from '../core/index';
import { decodeText } from './decode';
import type { Files, ReportProblem, SourceFile } from './files';
import type { Found } from './find';
import { find } from './find';
import { reason } from './reason';

/** Reads this many files at once. */
const BATCH = 16;

export function diskFiles(report: ReportProblem): Files {
  return {
    async *list(folders, places) {
      const found = await find(folders, places, report);
      const isFirst = ({ uri }: Found) => isChart(uri) || isKustomization(uri);
      yield* readAll(found.filter(isFirst), report);
      yield* readAll(
        found.filter((file) => !isFirst(file)),
        report,
      );
    },
  };
}

/** While one batch is used, the next is being read. */
async function* readAll(files: readonly Found[], report: ReportProblem): AsyncIterable<SourceFile> {
  const readBatch = (at: number) => Promise.all(files.slice(at, at + BATCH).map((item) => readOne(item, report)));
  let next = readBatch(0);
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = await next;
    next = readBatch(at + BATCH);
    for (const file of batch) if (file) yield file;
  }
}

async function readOne({ uri, path }: Found, report: ReportProblem): Promise<SourceFile | undefined> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_LENGTH) {
      report(
        uri,
        `is not read: ${megabytes(size)} are more than the ${megabytes(MAX_FILE_LENGTH)} that are read`,
        'skipped',
      );
      return undefined;
    }
    const text = decodeText(await readFile(path));
    if (text === undefined) report(uri, 'is not read: it is a binary file', 'skipped');
    return text === undefined ? undefined : { uri, text };
  } catch (error) {
    report(uri, `cannot be read: ${reason(error)}`, 'failed');
    return undefined;
  }
}

function megabytes(size: number): string {
  return `${(size / 1_000_000).toFixed(size < 10_000_000 ? 1 : 0)} MB`;
}
