import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnvironmentsAnswer } from '../../server/src/lsp/protocol';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

test('hovers and lenses answer for the kustomization that is selected', async () => {
  const files = new Map([
    ['base/kustomization.yaml', 'resources: [svc.yaml, web.yaml]\n'],
    ['base/svc.yaml', service('web')],
    ['base/web.yaml', deployment('web')],
    ['dev/kustomization.yaml', 'resources: [../base]\nnamespace: dev\n'],
    ['prod/kustomization.yaml', 'resources: [../base]\nnamespace: prod\nreplicas: [{ name: web, count: 5 }]\n'],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const lens = async () =>
    JSON.stringify(
      await talk.client.sendRequest('textDocument/codeLens', { textDocument: { uri: uri('base/svc.yaml') } }),
    );
  assert.match(await lens(), /2 pods/);
  const params = { uri: uri('prod') };
  await talk.client.sendNotification('podpath/selectEnvironment', params);
  assert.match(await lens(), /5 pods/);
  const hover = await talk.client.sendRequest('textDocument/hover', at('base/svc.yaml', 3, 9));
  assert.match(JSON.stringify(hover), /web\.prod\.svc/);
  const answer = await talk.client.sendRequest('podpath/environments', {
    textDocument: { uri: uri('prod/kustomization.yaml') },
  });
  assert.deepEqual(answer, {
    environments: [
      { uri: uri('dev'), path: 'dev', resources: 2, isOwn: false },
      { uri: uri('prod'), path: 'prod', resources: 2, isOwn: true },
    ],
    selected: uri('prod'),
  });
  await talk.end();
});

test('one folder that is applied twice is two environments', async () => {
  const flux = (name: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name} }\nspec: { path: ./web, targetNamespace: ${name} }\n`;
  const files = new Map([
    ['dev.yaml', flux('dev')],
    ['prod.yaml', flux('prod')],
    ['web/kustomization.yaml', 'resources: [svc.yaml, web.yaml]\n'],
    ['web/svc.yaml', service('web')],
    ['web/web.yaml', deployment('web')],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const ask = () => talk.client.sendRequest<EnvironmentsAnswer>('podpath/environments', {});
  const { environments } = await ask();
  assert.deepEqual(
    environments.map(({ path, by }) => [path, by]),
    [
      ['web', 'Kustomization dev'],
      ['web', 'Kustomization prod'],
    ],
  );
  const [, prod] = environments;
  await talk.client.sendNotification('podpath/selectEnvironment', { uri: prod?.uri });
  assert.equal((await ask()).selected, prod?.uri);
  const hover = await talk.client.sendRequest('textDocument/hover', at('web/svc.yaml', 3, 9));
  assert.match(JSON.stringify(hover), /web\.prod\.svc/);
  await talk.end();
});

test('what is no environment is not selected until it is one', async () => {
  const files = new Map([
    ['base/kustomization.yaml', 'resources: [web.yaml]\n'],
    ['base/web.yaml', deployment('web')],
    ['dev/kustomization.yaml', 'resources: [../base]\n'],
  ]);
  const talk = await converse({ files });
  await talk.until(() => talk.isLoaded());
  const selected = async () => {
    const answer = await talk.client.sendRequest<EnvironmentsAnswer>('podpath/environments', {});
    return answer.selected;
  };
  for (const other of ['nope', '__proto__', uri('base'), uri('prod'), 5, {}, undefined]) {
    await talk.client.sendNotification('podpath/selectEnvironment', { uri: other });
    assert.equal(await selected(), null, JSON.stringify(other));
  }
  await talk.client.sendNotification('podpath/selectEnvironment', { uri: uri('dev') });
  assert.equal(await selected(), uri('dev'));
  await talk.client.sendNotification('podpath/selectEnvironment', { uri: null });
  assert.equal(await selected(), null);
  await talk.end();
});
