import assert from 'node:assert/strict';
import { eventually } from './eventually';
import { e2e, openCopy, vsCode } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const shop = (): Promise<Window> => (opened ??= vsCode().then((server) => openCopy(server, 'test/e2e/shop')));

const wrongSelector = /Warning: no pod .* has app=wbe; .*Deployment .*web.* has app=web/;
const has = (rows: readonly string[], text: RegExp): boolean => rows.some((row) => text.test(row));

e2e('a finding is underlined when its file is opened, and listed in Problems', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  await window.page.waitForSelector('.squiggly-warning');
  await eventually('the finding in Problems', async () => has(await window.problems(), wrongSelector));
  await window.screenshot('problems');
});

e2e('a hover says what a Service reaches', shop, async (window) => {
  await window.openFile('api/service.yaml');
  const card = await window.hoverText('api/service.yaml', 'name: api', 'api');
  await window.screenshot('hover');
  assert.match(card, /^Service shop\/api reaches 1 workload, 2 pods/);
  assert.match(card, /api\.shop\.svc\.cluster\.local/);
  assert.match(card, /Ingress shop\/front/);
});

e2e('go to definition leads from a backend to the Service and from a selector to the pods', shop, async (window) => {
  await window.openFile('front/ingress.yaml');
  await window.goTo('front/ingress.yaml', 'name: api', 'api');
  await window.goToDefinition('service.yaml', 4);
  await window.openFile('api/service.yaml');
  await window.goTo('api/service.yaml', 'tier: backend', 'backend');
  await window.goToDefinition('deployment.yaml');
});

e2e('unsaved text wins over the disk, and findings of closed files follow it', shop, async (window) => {
  const closed = /no pod .* has tier=backend/;
  await window.openFile('api/deployment.yaml');
  await window.replace('api/deployment.yaml', 'tier: backend', 'backend', 'backedn');
  await eventually('the finding in the other file', async () => has(await window.problems(), closed));
  assert.match(window.read('api/deployment.yaml'), /tier: backend/);
  await window.openFile('api/deployment.yaml');
  await window.undo();
  await eventually('its end', async () => !has(await window.problems(), closed));
});

e2e('a quick fix corrects the selector', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  await window.goTo('front/broken.yaml', 'app: wbe', 'wbe');
  await window.quickFix('Change to');
  await window.save();
  assert.match(window.read('front/broken.yaml'), /app: web\n/);
  await eventually('no finding', async () => !has(await window.problems(), wrongSelector));
});

e2e('a file that changes on disk is read again', shop, async (window) => {
  const port = /grpx/;
  const before = window.read('api/service.yaml');
  window.write('api/service.yaml', before.replace('targetPort: grpc', 'targetPort: grpx'));
  await eventually('the finding', async () => has(await window.problems(), port));
  window.write('api/service.yaml', before);
  await eventually('its end', async () => !has(await window.problems(), port));
});
