/** Runs the command line on files that a test writes. */
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Report } from '../../server/src/cli/report';
import type { Order } from './thread';

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly messages: string;
}

const banner = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

/** The file of the whole program, for tests of the process itself. */
export const program = resolve('dist/cli-under-test.mjs');
const inThread = resolve('dist/cli-thread-under-test.mjs');

let bundled: Promise<void> | undefined;

/** Bundles the command line as it is now; `scripts/build.mjs` does the same with other names. All tests share one process. */
export function bundle(): Promise<void> {
  return (bundled ??= bundleAll());
}

async function bundleAll(): Promise<void> {
  for (const [entry, outfile] of [
    ['server/src/cli.ts', program],
    ['test/cli/thread.ts', inThread],
  ] as const) {
    const partial = `${outfile}.${process.pid}`;
    await build({
      entryPoints: [entry],
      outfile: partial,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      mainFields: ['module', 'main'],
      banner: { js: banner },
      logLevel: 'warning',
    });
    // Two runs may go on at the same time; none may see half of it.
    renameSync(partial, outfile);
  }
}

/** A folder with these files, removed by `remove`. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const path = mkdtempSync(join(tmpdir(), 'podpath-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let thread: { readonly worker: Worker; readonly port: MessagePort } | undefined;

function startThread() {
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(pathToFileURL(inThread), { workerData: port2, transferList: [port2] });
  worker.unref();
  port.unref();
  return { worker, port };
}

/** Runs a command in a thread that lives on, since to start a process takes longer than most commands. */
export function podpath(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  thread ??= startThread();
  const done = new Int32Array(new SharedArrayBuffer(4));
  thread.port.postMessage({ cwd, args, env: { PATH: process.env['PATH'], ...env }, done } satisfies Order);
  if (Atomics.wait(done, 0, 0, 60_000) === 'timed-out') throw new Error(`podpath ${args.join(' ')} takes too long`);
  const answer = receiveMessageOnPort(thread.port);
  if (!answer) throw new Error(`podpath ${args.join(' ')} gave no answer`);
  return answer.message as Outcome;
}

/** The same in a process of its own. */
export function podpathProcess(cwd: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, messages: stderr };
}

/** What `podpath check` reports, with no other messages. */
export function checked(cwd: string, ...args: string[]): Report {
  const { out, messages } = podpath(cwd, ['check', '--format', 'json', ...args]);
  assert.equal(messages, '');
  return JSON.parse(out) as Report;
}

/** A Deployment with one container, as text. */
export function deployment(name: string, labels: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${more} }
spec:
  replicas: 3
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      containers:
        - name: main
          image: nginx
          ports: [{ name: http, containerPort: 8080 }]
`;
}

/** A Service with one port, as text. */
export function service(name: string, selector: string, more = ''): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}${more} }
spec:
  selector:
    ${selector}
  ports:
    - { name: http, port: 80, targetPort: http }
`;
}
