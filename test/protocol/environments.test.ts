import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  const answer = await talk.client.sendRequest('podpath/environments');
  assert.deepEqual(answer, {
    environments: [
      { uri: uri('dev'), path: 'dev', resources: 2 },
      { uri: uri('prod'), path: 'prod', resources: 2 },
    ],
    selected: uri('prod'),
  });
  await talk.end();
});
