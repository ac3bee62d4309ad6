// Writes all generated files: the indexes first, since the rest is derived from them. `--check` only compares.
import { spawnSync } from 'node:child_process';

const args = process.argv.slice(2);
const runs = ['scripts/generate-indexes.ts', 'scripts/generate.ts'].map((entry) =>
  spawnSync(process.execPath, ['scripts/run.mjs', entry, ...args], { stdio: 'inherit' }),
);
process.exitCode = runs.some((run) => run.status !== 0) ? 1 : 0;
