/** Takes the README's pictures from the real product: VS Code with the packed extension (`npm run package` first). */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import { eventually } from '../test/e2e/eventually';
import type { Window } from '../test/e2e/vscode';
import { openWindow } from '../test/e2e/vscode';
import { installExtension, startCodeServer } from './code-server';

const pictures = 'docs/pictures';
const temporary = mkdtempSync(join(tmpdir(), 'podpath-pictures-'));
mkdirSync(pictures, { recursive: true });
installExtension(join(temporary, 'data'), 'dist/podpath.vsix');
const server = await startCodeServer(join(temporary, 'data'), {});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

/** Opens a copy of a folder, so that nothing of the repository is touched. */
async function open(source: string): Promise<Window> {
  const folder = join(temporary, basename(source));
  cpSync(source, folder, { recursive: true });
  return openWindow(browser, `${server.url}?${new URLSearchParams({ folder })}`, folder, false);
}

/** Cards fade in: a picture taken at once shows half of them. */
async function take(window: Window, name: string): Promise<void> {
  await new Promise((done) => setTimeout(done, 600));
  await window.screenshot(`../../../${pictures}/${name}`);
}

try {
  const shop = await open('test/e2e/shop');
  await shop.openFile('front/broken.yaml');
  await eventually('the problem', async () => (await shop.problems()).length > 0);
  await take(shop, 'problems');
  await shop.openFile('api/service.yaml');
  await eventually('the hover', async () =>
    (await shop.hoverText('api/service.yaml', 'name: api', 'api')).includes('reaches'),
  );
  await take(shop, 'hover');
  await shop.close();

  const examples = await open('examples');
  await examples.openFile('broken/ingress-service-unresolved.yaml');
  await examples.runCommand('Podpath: Show Topology');
  const frame = await examples.webviewFrame('g.card.selected');
  await eventually('the missing Service', async () => (await frame.locator('g.card.missing').count()) > 0);
  await take(examples, 'topology');
  await examples.close();

  const bookshop = await open('examples/three-tier-policies');
  await bookshop.openFile('policies.yaml');
  await bookshop.runCommand('Podpath: Trace Connection', 'bookshop/web', 'http://db:5432');
  await bookshop.page.locator('.monaco-list-row', { hasText: 'to let it through' }).waitFor();
  await bookshop.runCommand('Podpath: Show Topology');
  const view = await bookshop.webviewFrame('g.card');
  await view.locator('.toggle.traffic').click();
  await view.locator('.link.governed').first().waitFor();
  await take(bookshop, 'traffic');
  await bookshop.close();

  const overlays = await open('test/e2e/overlays');
  await overlays.openFile('overlays/prod/kustomization.yaml');
  await overlays.runCommand('Podpath: Show Rendered Manifests');
  await overlays.page.locator('.tab', { hasText: 'Rendered' }).waitFor();
  await eventually('the card of a field', async () =>
    (await overlays.hoverText('overlays/prod/kustomization.yaml', 'namePrefix', 'namePrefix')).includes('changes'),
  );
  await take(overlays, 'rendered');
  await overlays.close();
} finally {
  await browser.close();
  await server.stop();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}
