import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { eventually } from './eventually';
import { e2e, openCopy, vsCode } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const shop = (): Promise<Window> => (opened ??= vsCode().then((server) => openCopy(server, 'test/e2e/shop')));

/** What a screen reader says of the cards that are drawn. */
const cards = (frame: Frame): Promise<string[]> =>
  frame.locator('g.card').evaluateAll((all) => all.map((card) => card.getAttribute('aria-label') ?? ''));

e2e('the topology shows the objects, and what is broken', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  await window.runCommand('Podpath: Show Topology');
  const frame = await window.webviewFrame('g.card');
  await eventually('all cards', async () => {
    const labels = (await cards(frame)).join('\n');
    return ['Ingress shop/front', 'Service shop/api', 'Deployment shop/api, 2 replicas'].every((text) =>
      labels.includes(text),
    );
  });
  assert.equal(await frame.locator('g.card.has-warning[aria-label^="Service shop/web"]').count(), 1);
  await window.screenshot('topology');
});

e2e('a click on a card goes to its line', shop, async (window) => {
  const frame = await window.webviewFrame('g.card');
  await frame.locator('g.card[aria-label^="Deployment shop/api"]').click();
  await eventually('the Deployment', async () => (await window.position()).startsWith('deployment.yaml:'));
});

e2e('the topology follows edits that are not saved', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  const frame = await window.webviewFrame('g.card');
  const broken = frame.locator('g.card.has-warning[aria-label^="Service shop/web"]');
  await window.replace('front/broken.yaml', 'app: wbe', 'wbe', 'web');
  await eventually('the repaired Service', async () => (await broken.count()) === 0);
  await window.undo();
  await eventually('the broken Service', async () => (await broken.count()) === 1);
});
