import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

const files = () =>
  new Map([
    ['svc.yaml', service('web', 'wbe')],
    ['web.yaml', deployment('web')],
  ]);

interface Report {
  readonly kind: string;
  readonly resultId: string;
  readonly items?: readonly { readonly code: string }[];
}

test('a client that asks to pull is never pushed to', async () => {
  const talk = await converse({ files: files(), options: { pullDiagnostics: true } });
  const document = { textDocument: { uri: uri('svc.yaml') } };
  const first = await talk.client.sendRequest<Report>('textDocument/diagnostic', document);
  assert.deepEqual(
    first.items?.map(({ code }) => code),
    ['service-selector-matches-nothing'],
  );
  const again = await talk.client.sendRequest<Report>('textDocument/diagnostic', {
    ...document,
    previousResultId: first.resultId,
  });
  assert.equal(again.kind, 'unchanged');
  const all = await talk.client.sendRequest<{ items: Report[] }>('workspace/diagnostic', { previousResultIds: [] });
  assert.deepEqual(
    all.items.map(({ items }) => items?.length),
    [1, 0],
  );
  talk.open('svc.yaml', service('web'));
  const fixed = await talk.client.sendRequest<Report>('textDocument/diagnostic', document);
  assert.deepEqual(fixed.items, []);
  assert.deepEqual(talk.pushed, []);
  await talk.end();
});

test('other clients are not offered to pull', async () => {
  const talk = await converse({ files: files() });
  assert.equal(talk.capabilities.diagnosticProvider, undefined);
  await talk.end();
});

test('what a hostile client sends is logged with its method, and the server goes on', async () => {
  const talk = await converse({ files: files() });
  await talk.until(() => talk.isLoaded());
  for (const params of [null, {}, { textDocument: 7, position: 'here' }, { textDocument: { uri: uri('svc.yaml') } }])
    assert.equal(await talk.client.sendRequest('textDocument/hover', params), null);
  await talk.client.sendNotification('textDocument/didOpen', { textDocument: null });
  await talk.client.sendNotification('textDocument/didChange', { textDocument: { uri: 'file:///w/%', version: 1 } });
  await talk.client.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: 'file:///w/%zz.yaml', type: 1 }],
  });
  const beyond = await talk.client.sendRequest('textDocument/hover', at('svc.yaml', 1e9, -5));
  assert.equal(beyond, null);
  const good = await talk.client.sendRequest('textDocument/hover', at('svc.yaml', 3, 9));
  assert.match(JSON.stringify(good), /Service web/);
  assert.ok(talk.logged.some((line) => line.startsWith('textDocument/hover: TypeError')));
  assert.ok(talk.logged.some((line) => line.startsWith('textDocument/didOpen: TypeError')));
  await talk.end();
});

test('a quick fix corrects the value, and all of its rule at once', async () => {
  const twice = `${service('web', 'wbe')}---\n${service('api', 'apy')}`;
  const talk = await converse({
    files: new Map([
      ['svc.yaml', twice],
      ['apps.yaml', `${deployment('web')}---\n${deployment('api')}`],
    ]),
  });
  await talk.until(() => talk.problems().length === 2);
  const range = { start: { line: 6, character: 10 }, end: { line: 6, character: 10 } };
  const actions = await talk.client.sendRequest<{ title: string; edit: { changes: object }; diagnostics: unknown[] }[]>(
    'textDocument/codeAction',
    { textDocument: { uri: uri('svc.yaml') }, range, context: { diagnostics: talk.shown.get(uri('svc.yaml')) } },
  );
  const [single, all] = actions;
  assert.match(single?.title ?? '', /^Change .*app.*web/);
  assert.equal(single?.diagnostics.length, 1);
  assert.deepEqual(single.edit.changes, {
    [uri('svc.yaml')]: [
      { range: { start: { line: 6, character: 9 }, end: { line: 6, character: 12 } }, newText: 'web' },
    ],
  });
  assert.equal(all?.title, 'Fix all 2 of service-selector-matches-nothing in this file');
  await talk.end();
});

test('after shutdown nothing more is sent', async () => {
  const talk = await converse({ files: files() });
  await talk.until(() => talk.problems().length > 0);
  const before = talk.pushed.length;
  await talk.client.sendRequest('shutdown');
  talk.change('svc.yaml', service('web'));
  talk.write({ 'svc.yaml': service('web') });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(talk.pushed.length, before);
  await talk.end();
});

test('settings count at once, without a restart', async () => {
  const old = service('web', 'wbe') + '---\n' + ingress;
  const settings: Record<string, string> = {};
  const talk = await converse({ files: new Map([...files(), ['old.yaml', old]]), settings });
  const rules = () => talk.problems().map((problem) => problem.replace(/^.* /, ''));
  await talk.until(() => rules().includes('removed-api'));
  settings['kubernetesVersion'] = '1.18';
  await talk.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await talk.until(() => !rules().includes('removed-api'));
  assert.ok(rules().includes('service-selector-matches-nothing'));
  settings['closedFiles'] = 'off';
  await talk.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await talk.until(() => rules().length === 0);
  talk.open('svc.yaml', service('web', 'wbe'));
  await talk.until(() => rules().length === 1);
  await talk.end();
});

const ingress = `apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata:
  name: front
spec:
  backend:
    serviceName: web
    servicePort: 80
`;
