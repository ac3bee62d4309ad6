// `npm start [-- FOLDER]`: installs what is missing, builds, and opens FOLDER (default examples/) in VS Code with Podpath.
// Takes the `code` on PATH, else a local VS Code in the browser. Plain Node: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { ensureInstalled, ensureVsCodeInstalled, missingForVsCode, onPath } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ? resolve(process.env.INIT_CWD ?? '.', process.argv[2]) : resolve(root, 'examples');
process.chdir(root);

const code = onPath('code');
const missing = code ? [] : missingForVsCode();
if (missing.length > 0) {
  console.error('There is no `code` on PATH, and a local VS Code cannot be set up here:');
  for (const reason of missing) console.error(`  ${reason}`);
  console.error('Install VS Code from https://code.visualstudio.com/download; its command "Shell Command: Install');
  console.error(
    "'code' command in PATH\" (macOS) or the installer (Windows, Linux) puts `code` on PATH. Then run npm start again.",
  );
  process.exit(1);
}

ensureInstalled();
const { buildAll } = await import('./build.mjs');
await buildAll({ dev: true });
if (!code) ensureVsCodeInstalled();
const open = spawn(process.execPath, ['scripts/run.mjs', 'scripts/open.ts', folder, ...(code ? [code] : [])], {
  stdio: 'inherit',
});
// Ctrl+C reaches the child too, which ends the server; this process waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal === 'SIGINT' || open.kill(signal));
open.on('close', (status) => process.exit(status ?? 1));
