// Bundles the extension, the language server, the command line and the topology view into dist/.
// `npm run build` is minified; `-- --dev` adds source maps instead; `-- --watch` rebuilds on every change.
import { build, context } from 'esbuild';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notices } from './notices.mjs';

const node = { platform: 'node', target: 'node20' };
const browser = { platform: 'browser', target: 'es2022' };
/** Lets the bundled CommonJS packages call `require` from an ES module. */
const requireInModule = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

const bundles = [
  { in: 'client/src/node.ts', out: 'dist/client/node.cjs', ...node, format: 'cjs', external: ['vscode'] },
  { in: 'client/src/browser.ts', out: 'dist/client/browser.cjs', ...browser, format: 'cjs', external: ['vscode'] },
  { in: 'server/src/browser.ts', out: 'dist/server/browser.js', ...browser, format: 'iife' },
  { in: 'client/webview/main.ts', out: 'dist/webview/topology.js', ...browser, format: 'iife' },
  { in: 'client/webview/topology.css', out: 'dist/webview/topology.css', ...browser },
];

/** The server of Node and the command line share the core, so that it is packed once. */
const programs = {
  ...node,
  format: 'esm',
  entryPoints: { cli: 'server/src/cli.ts', 'server/node': 'server/src/node.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'server/shared-[hash]',
  banner: { js: `#!/usr/bin/env node\n${requireInModule}` },
};

/** Writes every bundle. `dev`: source maps instead of minified text. `watch`: stays and rebuilds. Throws on a build error. */
export async function buildAll({ dev = false, watch = false } = {}) {
  // Shared parts are named by their content: those of earlier builds would be packed too.
  rmSync('dist/server', { recursive: true, force: true });
  const builds = [
    programs,
    ...bundles.map(({ in: entry, out, ...options }) => ({ ...options, entryPoints: [entry], outfile: out })),
  ];
  const results = await Promise.all(
    builds.map(async (options) => {
      const all = {
        ...options,
        bundle: true,
        minify: !dev,
        sourcemap: dev ? 'linked' : false,
        // dist/LICENSES.txt holds them in full.
        legalComments: 'none',
        metafile: true,
        mainFields: options.platform === 'browser' ? ['browser', 'module', 'main'] : ['module', 'main'],
        logLevel: watch ? 'info' : 'warning',
      };
      if (!watch) return build(all);
      return (await context(all)).watch();
    }),
  );
  if (watch) return;
  writeFileSync('dist/LICENSES.txt', notices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
  const outputs = results
    .flatMap(({ metafile }) => Object.keys(metafile.outputs))
    .filter((out) => !out.endsWith('.map'));
  if (!dev) for (const out of outputs) rmSync(`${out}.map`, { force: true });
  chmodSync('dist/cli.js', 0o755);
  for (const out of outputs) console.log(`${(statSync(out).size / 1024).toFixed(0).padStart(6)} kB  ${out}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  try {
    await buildAll({ dev: process.argv.includes('--dev'), watch: process.argv.includes('--watch') });
  } catch (error) {
    // What esbuild finds wrong it has printed already.
    if (!error.errors) throw error;
    process.exitCode = 1;
  }
}
