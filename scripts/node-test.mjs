// Bundles TypeScript tests with esbuild and runs them with node:test; the last line is `N passed, N failed`.
// `node scripts/node-test.mjs core [PART OF A PATH]`: every test/**/*.test.ts; `... e2e`: test/e2e/*.e2e.ts in real VS Code.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from './install.mjs';
import { nodeBundle } from './node-bundle.mjs';

const [kind, part = ''] = process.argv.slice(2);
// A folder of its own for each run, so that two can go on at once.
mkdirSync('dist/test', { recursive: true });
const outdir = mkdtempSync(`dist/test/${kind}-`);
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
const options = { ...nodeBundle, outdir, outExtension: { '.js': '.mjs' } };

let files;
if (kind === 'core') {
  // One process a folder: to start one costs more than most files of tests take.
  const folders = new Map();
  for (const path of testFiles('test', '.test.ts').filter((path) => path.includes(part))) {
    const folder = path.split('/').slice(1, -1)[0] ?? 'top';
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const entryPoints = [...folders].map(([folder, paths]) => {
    const entry = join(outdir, `${folder}.ts`);
    writeFileSync(entry, paths.map((path) => `import ${JSON.stringify(resolve(path))};\n`).join(''));
    return entry;
  });
  await build({ ...options, entryPoints, splitting: true });
  files = entryPoints.map((path) => path.replace(/\.ts$/, '.mjs'));
} else if (kind === 'e2e') {
  // One entry, so that all tests share one process with one VS Code and one browser.
  const imports = testFiles('test/e2e', '.e2e.ts').filter((path) => path.includes(part));
  const contents = imports.map((path) => `import './${path}';`).join('\n');
  await build({ ...options, stdin: { contents, resolveDir: process.cwd(), sourcefile: 'e2e.ts' } });
  files = [join(outdir, 'stdin.mjs')];
} else {
  throw new Error('usage: node scripts/node-test.mjs core|e2e [PART OF A PATH]');
}
if (files.length === 0) throw new Error(`no test has ${part} in its path`);

const reporter = pathToFileURL('scripts/count-reporter.mjs').href;
// Code whose time explodes with a hostile text does not end within minutes; all else ends within seconds, but for runs
// that were asked to try more.
const minutes = Number(process.env.TEST_MINUTES ?? 5);
const flags = ['--enable-source-maps', '--test', `--test-concurrency=${availableParallelism()}`];
flags.push(`--test-timeout=${minutes * 60_000}`);
flags.push(`--test-reporter=${reporter}`, '--test-reporter-destination=stdout');
const run = spawnSync(process.execPath, [...flags, ...files], {
  env: { ...process.env, CHROMIUM: findChromium() },
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = run.status ?? 1;

/** Paths of the files under `folder` that end in `suffix`, sorted, with forward slashes. */
function testFiles(folder, suffix) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === 'node_modules') return [];
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return testFiles(path, suffix);
      return path.endsWith(suffix) ? [path] : [];
    })
    .sort();
}
