// Bundles one TypeScript entry with esbuild and runs it: `node scripts/run.mjs test/corpus.ts [ARGS]`.
import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeBundle } from './node-bundle.mjs';

const [entry, ...args] = process.argv.slice(2);
if (!entry) throw new Error('usage: node scripts/run.mjs ENTRY.ts [ARGS]');
const outfile = resolve('dist/scripts', `${entry.replace(/[\\/]/g, '-').replace(/\.ts$/, '')}.mjs`);
await mkdir(resolve('dist/scripts'), { recursive: true });
await build({ ...nodeBundle, entryPoints: [entry], outfile });
process.argv.splice(1, process.argv.length - 1, basename(entry), ...args);
await import(pathToFileURL(outfile).href);
