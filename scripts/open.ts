// Opens a folder in VS Code with this extension loaded: `npm start [-- FOLDER]` after installing and building.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extensionsFolder, startCodeServer } from './code-server';

const folder = resolve(process.argv[2] ?? 'examples');
const code = process.argv[3];

if (!existsSync(folder) || !statSync(folder).isDirectory()) {
  console.error(`${folder} is not a folder`);
  process.exitCode = 1;
} else if (code) {
  lookFirst();
  const run = spawnSync(code, [`--extensionDevelopmentPath=${process.cwd()}`, folder], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = run.status ?? 1;
} else {
  await openInBrowser();
}

async function openInBrowser(): Promise<void> {
  const data = resolve('dist/vscode');
  linkExtension(extensionsFolder(data));
  const server = await startCodeServer(data, {});
  const url = `${server.url}?folder=${encodeURI(folder)}`;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void server.stop());
  lookFirst();
  console.log(`\nVS Code with Podpath: ${url}\nCtrl+C ends it.`);
  if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) {
    spawn('xdg-open', [url], { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  }
  await server.ended;
}

/** Shows the built extension to VS Code as an installed one; a rebuild is seen after reloading the window. */
function linkExtension(extensions: string): void {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    publisher: string;
    name: string;
    version: string;
  };
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  symlinkSync(process.cwd(), join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`), 'dir');
}

function lookFirst(): void {
  const broken = join(folder, 'broken');
  const lines = [
    existsSync(broken)
      ? `Open a file under ${pathToFileURL(broken).pathname}: each shows one mistake, underlined at the wrong value.`
      : 'Open a Kubernetes manifest: what is wrong is underlined at the wrong value; all of it is in Problems (Ctrl+Shift+M).',
    'Hover the name of a Service: its card says which pods it reaches.',
    'Ctrl+click a selector or a backend: it leads to the pods or the Service, and back.',
    'Run "Podpath: Show Topology" (Ctrl+Shift+P): the whole folder as a picture.',
  ];
  console.log(`\nWhat to look at first:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
}
