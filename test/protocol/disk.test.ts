import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

const lost = (path: string) => `${path}:7 service-selector-matches-nothing`;

test('a file that is deleted takes its objects with it', async () => {
  const both = `${service('web')}---\n${deployment('db')}`;
  const files = new Map([
    ['svc.yaml', both],
    ['web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), []);
  talk.write({ 'web.yaml': undefined });
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [lost('svc.yaml')]);
  await talk.end();
});

test('a file that is renamed is found under its new name, and a moved folder too', async () => {
  const files = new Map([
    ['k8s/svc.yaml', service('web')],
    ['k8s/web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  talk.write({ 'k8s/web.yaml': undefined, 'k8s/app.yaml': deployment('web') });
  talk.open('k8s/svc.yaml', service('web'));
  await talk.until(() => talk.isLoaded());
  const definition = () =>
    talk.client.sendRequest<{ uri: string }[]>('textDocument/definition', at('k8s/svc.yaml', 6, 10));
  await talk.until(async () => (await definition())[0]?.uri === uri('k8s/app.yaml'));
  assert.deepEqual(talk.problems(), []);
  talk.close('k8s/svc.yaml');

  files.set('deploy/svc.yaml', service('web', 'wbe'));
  files.set('deploy/app.yaml', deployment('web'));
  files.delete('k8s/svc.yaml');
  files.delete('k8s/app.yaml');
  await talk.client.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: uri('k8s'), type: 3 },
      { uri: uri('deploy'), type: 1 },
    ],
  });
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [lost('deploy/svc.yaml')]);
  await talk.end();
});

test('a branch switch of hundreds of files in one batch shows nothing in between', async () => {
  const count = 300;
  const numbers = Array.from({ length: count }, (_, number) => number);
  const files = new Map(
    numbers.flatMap((number) => [
      [`app-${number}/svc.yaml`, service(`app-${number}`)] as const,
      [`app-${number}/app.yaml`, deployment(`app-${number}`)] as const,
    ]),
  );
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const before = talk.pushed.length;
  const renamed = numbers.flatMap((number) => [
    [`app-${number}/svc.yaml`, service(`app-${number}`, `new-${number}`)] as const,
    [`app-${number}/app.yaml`, deployment(`app-${number}`, number === 7 ? 'newx-7' : `new-${number}`)] as const,
  ]);
  talk.write(Object.fromEntries(renamed));
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [lost('app-7/svc.yaml')]);
  assert.deepEqual(talk.pushed.slice(before), [uri('app-7/svc.yaml')]);
  await talk.end();
});

test('a workspace folder that is removed takes its findings with it, and comes back with them', async () => {
  const files = new Map([
    ['one/svc.yaml', service('web', 'wbe')],
    ['one/web.yaml', deployment('web')],
    ['two/svc.yaml', service('api', 'apy')],
    ['two/api.yaml', deployment('api')],
  ]);
  const talk = await converse({ files, folders: [uri('one'), uri('two')] });
  await talk.until(() => talk.problems().length === 2);
  const [one] = talk.shown.get(uri('one/svc.yaml')) ?? [];
  assert.match(JSON.stringify(one?.message), /one\/web\.yaml/);
  const two = { uri: uri('two'), name: 'two' };
  await talk.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [two] } });
  await talk.until(() => talk.problems().length === 1);
  assert.deepEqual(talk.problems(), [lost('one/svc.yaml')]);
  await talk.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [two], removed: [] } });
  await talk.until(() => talk.problems().length === 2);
  await talk.end();
});
