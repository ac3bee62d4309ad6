/** Times and sizes of one workspace. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import type { Workspace } from '../../server/src/core/index';
import { createWorkspace } from '../../server/src/core/index';
import type { SourceFile } from '../../server/src/files/files';

/** Milliseconds that `run` takes. */
export function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** A workspace with all findings computed. Throws what a rule throws. */
export function loaded(root: string, files: readonly SourceFile[]): Workspace {
  const workspace = createWorkspace((rule, uri, error) => {
    throw new Error(`${rule} threw on ${uri}`, { cause: error });
  });
  workspace.setRoots([root]);
  for (const { uri, text } of files) workspace.set(uri, text);
  const snapshot = workspace.snapshot();
  for (const { uri } of files) snapshot.findings(uri);
  workspace.takeStale();
  return workspace;
}

/** The yardstick: nothing but parsing. */
function bareParse(files: readonly SourceFile[]): void {
  for (const { text } of files) parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
}

/** Both measured in turns; the best of each, so that a collection of garbage does not decide. */
export function coldTimes(root: string, files: readonly SourceFile[], turns: number) {
  const all: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    collect();
    bare.push(milliseconds(() => bareParse(files)));
    collect();
    all.push(milliseconds(() => loaded(root, files)));
  }
  return { all: Math.min(...all), bare: Math.min(...bare) };
}

/** Bytes of heap after a collection. */
export function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** The value below which a share of the sorted values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
