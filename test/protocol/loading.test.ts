import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceEndsAnswer } from '../../server/src/lsp/protocol';
import { at, converse } from './conversation';
import { deployment, service } from './manifests';

/** Stops reading at a file until it is let go. */
function gate(path: string): { readonly onRead: (read: string) => Promise<void> | void; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { onRead: (read) => (read === path ? opened : undefined), open: () => open() };
}

/** A Service is open while the pods that it selects are still being read. */
async function halfRead() {
  const { onRead, open } = gate('web.yaml');
  const files = new Map([
    ['a.yaml', service('web')],
    ['web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files, onRead });
  talk.open('a.yaml', service('web'));
  return { talk, open };
}

test('a hover is answered while files are still being read', async () => {
  const { talk, open } = await halfRead();
  const early = await talk.client.sendRequest('textDocument/hover', at('a.yaml', 3, 9));
  assert.match(JSON.stringify(early), /Service web.*still being read/);
  open();
  await talk.until(() => talk.isLoaded());
  const late = await talk.client.sendRequest('textDocument/hover', at('a.yaml', 3, 9));
  assert.match(JSON.stringify(late), /reaches 1 workload, 2 pods/);
  assert.doesNotMatch(JSON.stringify(late), /still being read/);
  await talk.end();
});

test('commands of a person are answered when everything has been read', async () => {
  const { talk, open } = await halfRead();
  const asked = talk.client.sendRequest<TraceEndsAnswer>('podpath/traceEnds', at('a.yaml', 3, 9));
  await talk.client.sendRequest('textDocument/hover', at('a.yaml', 3, 9));
  assert.equal(talk.isLoaded(), false);
  open();
  assert.deepEqual(
    (await asked).from.map(({ text }) => text),
    ['internet', 'deployment/default/web'],
  );
  await talk.end();
});

test('"not found" waits until everything has been read, what a file decides alone does not', async () => {
  const { onRead, open } = gate('web.yaml');
  const wrong = service('web').replace('port: 80', 'port: 80000');
  const files = new Map([
    ['a.yaml', wrong],
    ['web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files, onRead });
  talk.open('a.yaml', wrong);
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), ['a.yaml:9 invalid-service']);
  open();
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), ['a.yaml:9 invalid-service']);
  await talk.end();
});

test('files of charts get no findings, and one line says so; a kustomization is judged as it is built', async () => {
  const files = new Map([
    ['overlay/svc.yaml', service('web', 'wbe')],
    ['overlay/web.yaml', deployment('web')],
    ['overlay/kustomization.yaml', 'resources:\n  - svc.yaml\n  - web.yaml\ncommonLabels:\n  app: web\n'],
    ['chart/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'],
    ['chart/templates/svc.yaml', service('web', 'wbe')],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), []);
  const lines = talk.logged.filter((line) => line.includes('left alone'));
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^2 files belong to Helm charts .*chart\/templates\/svc\.yaml/);
  talk.write({ 'overlay/kustomization.yaml': 'resources:\n  - svc.yaml\n  - web.yaml\n' });
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), ['overlay/svc.yaml:7 service-selector-matches-nothing']);
  talk.write({ 'overlay/kustomization.yaml': undefined, 'overlay/web.yaml': undefined });
  await talk.until(() => talk.problems().length === 0);
  await talk.end();
});
