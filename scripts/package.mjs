// Builds, packs dist/podpath.vsix from the manifest's `files`, and prints what is in it.
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.mjs';

/** The size nobody should have to wait for, in bytes. */
const limit = 1024 * 1024;

/** Writes the .vsix from minified bundles. Throws when it is larger than the limit. */
export async function packageVsix(out = 'dist/podpath.vsix') {
  await buildAll();
  for (const file of (await listFiles({ packageManager: PackageManager.None })).sort()) {
    console.log(`${(statSync(file).size / 1024).toFixed(1).padStart(8)} kB  ${file}`);
  }
  await createVSIX({ packagePath: out, dependencies: false });
  const { size } = statSync(out);
  console.log(`${(size / 1024).toFixed(1).padStart(8)} kB  ${out}`);
  if (size > limit) throw new Error(`${out} is larger than ${limit / 1024} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  await packageVsix();
}
