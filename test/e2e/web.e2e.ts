import { eventually } from './eventually';
import { e2e, openCopy, startVsCode } from './session';
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

/** Without its Node entry VS Code can run the extension only in a worker of the browser. */
async function openWeb(): Promise<Window> {
  const server = await startVsCode('dist/podpath.vsix', (manifest) => {
    delete manifest['main'];
  });
  return openCopy(server, 'test/e2e/shop');
}
