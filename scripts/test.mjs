// `npm test` runs every step of the table below; `npm test -- lint types` only these and what they need.
// One line per step, the full output of failing ones, and a last line `N passed, N failed` that counts steps and single tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, findChromium, missingForVsCode } from './install.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const bin = (name) => `node_modules/${name}`;
const run = (entry, ...args) => ['scripts/run.mjs', entry, ...args];

/** `run`: what Node runs, one after the other. `counted`: the last line counts single tests. `needs`: steps that come before. */
const steps = {
  build: { run: [['scripts/build.mjs']] },
  generated: { run: [['scripts/generate.mjs', '--check']] },
  types: { run: [[bin('typescript/bin/tsc'), '-b']] },
  lint: {
    run: [
      [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
      [bin('prettier/bin/prettier.cjs'), '--check', '.'],
    ],
  },
  core: { run: [['scripts/node-test.mjs', 'core']], counted: true },
  conformance: { run: [run('test/conformance/main.ts')], data: process.env.ORACLES ?? '../shared/oracles' },
  corpus: { run: [run('test/corpus.ts')], data: '../shared/corpus' },
  faults: { run: [run('test/faults.ts')], data: '../shared/corpus' },
  package: { run: [['scripts/package.mjs']] },
  e2e: {
    run: [
      ['scripts/install.mjs', '--vscode'],
      ['scripts/node-test.mjs', 'e2e'],
    ],
    counted: true,
    needs: ['package'],
    missing: missingForEndToEnd,
  },
};

/** No step takes this long; one that does hangs. */
const longest = 15 * 60_000;

const total = { passed: 0, failed: 0 };
const wanted = closure(process.argv.slice(2));
await step('install', () => ensureInstalled());
if (total.failed === 0) {
  const withoutData = wanted.filter((name) => steps[name].data && !existsSync(steps[name].data));
  // The faults are made from the corpus, and not worth a word of their own.
  const named = withoutData.filter((name) => name !== 'faults');
  if (named.length > 0) console.log(`skipped: ${named.join(', ')}`);
  for (const name of wanted) if (!withoutData.includes(name)) await runStep(name, steps[name]);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runStep(name, { run: commands, counted, missing }) {
  const reasons = missing?.() ?? [];
  if (reasons.length > 0 && process.env.CI !== 'true') {
    console.log(`skipped: ${name} (${reasons.join('; ')})`);
    return;
  }
  await step(name, async () => {
    if (reasons.length > 0) throw new Error(reasons.join('\n'));
    let output = '';
    for (const command of commands) output = await node(command);
    if (!counted) return '';
    const counts = lastCounts(output);
    if (!counts) throw new Error(`no counts in the last line of:\n${output}`);
    total.passed += counts.passed;
    return `${counts.passed} tests`;
  });
}

/** Runs one step, prints its line, and counts it. */
async function step(name, body) {
  const start = Date.now();
  const line = (mark, rest) =>
    console.log(
      `${mark} ${name.padEnd(12)}${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${rest}`.trimEnd(),
    );
  try {
    line('ok    ', (await body()) ?? '');
    total.passed += 1;
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    const counts = lastCounts(output);
    total.passed += counts?.passed ?? 0;
    total.failed += 1 + (counts?.failed ?? 0);
    line('FAILED', counts ? `${counts.failed} tests` : '');
    console.log(output.replace(/^/gm, '    '));
  }
}

/** The output of a Node process; throws it when the process fails. */
function node(args) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: longest });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (status, signal) => {
      if (status === 0) done(output);
      else fail(new Error(`${output}node ${args.join(' ')} ended with ${signal ?? status}`));
    });
  });
}

function lastCounts(output) {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return found && { passed: Number(found[1]), failed: Number(found[2]) };
}

/** The named steps and what they need, in the order of the table; all of them when none is named. */
function closure(names) {
  const unknown = names.filter((name) => !steps[name] && name !== 'install');
  if (unknown.length > 0)
    throw new Error(`no step ${unknown.join(', ')}; there are install, ${Object.keys(steps).join(', ')}`);
  const all = new Set(names.flatMap((name) => [name, ...(steps[name]?.needs ?? [])]));
  return Object.keys(steps).filter((name) => names.length === 0 || all.has(name));
}

function missingForEndToEnd() {
  const chromium = findChromium() ? [] : ['missing chromium: sudo apt-get install chromium'];
  return [...missingForVsCode(), ...chromium];
}
