/** Manifests from a disk. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAX_FILE_LENGTH, isChart, isConfig, isKustomization } from '../core/index';
import { decodeLoosely, decodeText } from './decode';
import type { Files, ProblemKind, ReportProblem, SourceFile } from './files';
import type { Found } from './find';
import { find } from './find';
import { reason } from './reason';

/** Reads this many files at once. */
const BATCH = 16;

export function diskFiles(report: ReportProblem): Files {
  return {
    async *list(folders, places) {
      const found = await find(folders, places, report);
      const isFirst = ({ uri }: Found) => isConfig(uri) || isChart(uri) || isKustomization(uri);
      yield* readAll(found.filter(isFirst), decodeText, report);
      yield* readAll(
        found.filter((file) => !isFirst(file)),
        decodeText,
        report,
      );
    },
    async *read(uris) {
      const found: Found[] = [];
      for (const uri of uris) {
        const path = pathOf(uri);
        const info = path === undefined ? undefined : await stat(path).catch(() => undefined);
        if (path !== undefined && info?.isFile() && !(await goesRound(path))) found.push({ uri, path });
      }
      yield* readAll(found, decodeLoosely, report);
    },
  };
}

/** The path of a file URI; undefined where it has none, as with an encoded slash in it. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** Whether a path leads through links back into a folder that it has passed: such paths have no end. */
async function goesRound(path: string): Promise<boolean> {
  let folder = dirname(path);
  const real = await realpath(folder).catch(() => folder);
  if (real === folder) return false;
  while (folder !== dirname(folder)) {
    folder = dirname(folder);
    if ((await realpath(folder).catch(() => undefined)) === real) return true;
  }
  return false;
}

type Decode = (bytes: Uint8Array) => string | undefined;

/** While one batch is used, the next is being read. Problems are reported in the order of the files. */
async function* readAll(files: readonly Found[], decode: Decode, report: ReportProblem): AsyncIterable<SourceFile> {
  const readBatch = (at: number) => Promise.all(files.slice(at, at + BATCH).map((file) => readOne(file, decode)));
  let next = readBatch(0);
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = await next;
    next = readBatch(at + BATCH);
    for (const read of batch) {
      if ('text' in read) yield read;
      else report(read.uri, read.message, read.kind);
    }
  }
}

interface Unread {
  readonly uri: string;
  readonly message: string;
  readonly kind: ProblemKind;
}

async function readOne({ uri, path }: Found, decode: Decode): Promise<SourceFile | Unread> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_LENGTH) {
      const message = `is not read: ${megabytes(size)} are more than the ${megabytes(MAX_FILE_LENGTH)} that are read`;
      return { uri, message, kind: 'skipped' };
    }
    const text = decode(await readFile(path));
    return text === undefined ? { uri, message: 'is not read: it is a binary file', kind: 'skipped' } : { uri, text };
  } catch (error) {
    return { uri, message: `cannot be read: ${reason(error)}`, kind: 'failed' };
  }
}

function megabytes(size: number): string {
  return `${(size / 1_000_000).toFixed(size < 10_000_000 ? 1 : 0)} MB`;
}
