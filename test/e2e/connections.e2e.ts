import assert from 'node:assert/strict';
import { eventually } from './eventually';
import { e2e, openCopy, vsCode } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const bookshop = (): Promise<Window> =>
  (opened ??= vsCode().then((server) => openCopy(server, 'examples/three-tier-policies')));

const row = ({ page }: Window, start: string) => page.locator(`.monaco-list-row[aria-label^="${start}"]`);
const has = async (window: Window, start: string): Promise<boolean> => (await row(window, start).count()) === 1;

e2e('a traced connection is a list of hops; a click on one opens the line that decides', bookshop, async (window) => {
  await window.openFile('apps.yaml');
  await window.runCommand('Podpath: Trace Connection', 'bookshop/web', 'http://db:5432');
  await eventually('the denied connection', () => has(window, 'bookshop/web → http://db:5432 (denied)'));
  await eventually('the name', () => has(window, 'db resolves to db.bookshop.svc.cluster.local'));
  const advice = 'to let it through, add this to spec.egress of NetworkPolicy bookshop/web';
  await eventually('the rule that would allow it', () => has(window, advice));
  await window.screenshot('trace');
  await row(window, 'Service bookshop/db').click();
  await eventually('the Service', async () => (await window.position()).startsWith('apps.yaml:9'));
});

e2e('a part of a name chooses the object that has it', bookshop, async (window) => {
  await window.openFile('apps.yaml');
  await window.runCommand('Podpath: Trace Connection', 'shop/ap', 'db:54');
  await eventually('the connection of api', () => has(window, 'bookshop/api → bookshop/db:5432 (allowed)'));
});

e2e('who can reach a workload is listed, each with its way', bookshop, async (window) => {
  await window.openFile('apps.yaml');
  await window.goTo('apps.yaml', 'clusterIP: None');
  await window.runCommand('Podpath: Who Can Reach This?');
  await eventually('the answer', () => has(window, 'Who can reach bookshop/db (1)'));
  await row(window, 'Deployment bookshop/api (5432/TCP)').locator('.monaco-tl-twistie').click();
  await eventually('its way', () => has(window, 'NetworkPolicy bookshop/db lets'));
});

e2e('the topology shows which workloads may connect', bookshop, async (window) => {
  await window.runCommand('Podpath: Show Topology');
  const frame = await window.webviewFrame('g.card');
  await frame.locator('.toggle.traffic').click();
  await eventually('workloads alone', async () => (await frame.locator('g.card').count()) === 3);
  const lines = frame.locator('.link.governed title');
  assert.deepEqual((await lines.allTextContents()).map((text) => text.split('\n')[0]).sort(), [
    'Deployment api may connect to StatefulSet db: 5432/TCP',
    'Deployment web may connect to Deployment api: 8081/TCP',
  ]);
  await window.screenshot('traffic');
});

e2e('policies are made from known calls, as a new file that is not saved', bookshop, async (window) => {
  const apps = window.read('apps.yaml').replaceAll('bookshop', 'fair');
  window.write('fair/apps.yaml', apps);
  await window.openFile('fair/apps.yaml');
  await window.runCommand('Podpath: Create NetworkPolicies from Known Calls');
  await window.page.waitForSelector('.tab.active.dirty[data-resource-name="network-policies.yaml"]');
  const lenses = window.page.locator('.codelens-decoration');
  await eventually('what the first one does', async () =>
    (await lenses.allInnerTexts()).includes('isolates 3 workloads; lets in nobody; lets out to nobody'),
  );
});
