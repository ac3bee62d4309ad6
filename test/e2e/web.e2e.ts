import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually';
import { e2e, openCopy, startVsCode, temporaryFolder } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const shop = (): Promise<Window> => (opened ??= openWeb());

e2e('the web build finds the same in the worker of a browser', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  await window.page.waitForSelector('.squiggly-warning');
  await eventually('the finding in Problems', async () =>
    (await window.problems()).some((row) => row.includes('has app=wbe')),
  );
});

async function openWeb(): Promise<Window> {
  return openCopy(await startVsCode(await webOnly()), 'test/e2e/shop');
}

/** The packed extension without its Node entry: VS Code can only run it in a browser's worker. */
async function webOnly(): Promise<string> {
  const folder = temporaryFolder();
  for (const file of await listFiles({ packageManager: PackageManager.None })) cpSync(file, join(folder, file));
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  delete manifest['main'];
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const packagePath = join(folder, 'podpath-web.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false });
  return packagePath;
}
