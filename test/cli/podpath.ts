/** Runs the command line as a process, on files that a test writes. */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly messages: string;
}

const program = resolve('dist/cli-under-test.mjs');

/** Bundles the command line as it is now; `scripts/build.mjs` does the same with other names. */
export async function bundle(): Promise<void> {
  const partial = `${program}.${process.pid}`;
  await build({
    entryPoints: ['server/src/cli.ts'],
    outfile: partial,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  // Test files run at the same time; none may see half of it.
  renameSync(partial, program);
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

export function podpath(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, messages: stderr };
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
