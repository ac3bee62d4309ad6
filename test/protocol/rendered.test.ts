import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Conversation, converse, root, uri } from './conversation';
import { deployment, service } from './manifests';

const files = () =>
  new Map([
    ['base/kustomization.yaml', 'resources: [svc.yaml, web.yaml]\n'],
    ['base/svc.yaml', service('web')],
    ['base/web.yaml', deployment('web')],
    ['dev/kustomization.yaml', 'resources: [../base]\nnamespace: dev\n'],
    ['prod/kustomization.yaml', 'resources:\n  - ../base\nnamePrefix: prod-\n'],
    ['plain.yaml', service('alone')],
  ]);

const shown = (path: string) => `podpath-rendered:/Rendered?${encodeURIComponent(uri(path))}`;
const contentOf = async ({ client }: Conversation, path: string): Promise<string> =>
  (await client.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri: shown(path) })).text;

test('what a kustomization builds is a document whose lines lead to their places', async () => {
  const talk = await converse({ files: files() });
  assert.deepEqual(talk.capabilities.workspace?.textDocumentContent, { schemes: ['podpath-rendered'] });
  await talk.until(() => talk.isLoaded());
  const lines = (await contentOf(talk, 'prod/kustomization.yaml')).split('\n');
  assert.equal(lines[0], '# prod/kustomization.yaml: 2 objects');
  const line = lines.indexOf('  name: prod-web');
  const textDocument = { uri: shown('prod/kustomization.yaml') };
  const marks = await talk.client.sendRequest('podpath/renderedMarks', { textDocument });
  assert.deepEqual((marks as unknown[])[0], {
    change: 'changed',
    start: line,
    end: line,
    by: 'kustomization.yaml:3',
  });
  const position = { line, character: 4 };
  const hover = await talk.client.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
    textDocument,
    position,
  });
  assert.match(
    hover.contents.value,
    /^Written at \[base\/svc\\?\.yaml:4\]\(file:.*\/base\/svc\.yaml#L4\), changed by \[prod\/.*#L3\)$/,
  );
  const places = await talk.client.sendRequest<{ uri: string }[]>('textDocument/definition', {
    textDocument,
    position,
  });
  assert.deepEqual(
    places.map((place) => place.uri),
    [`${root}/base/svc.yaml`, `${root}/prod/kustomization.yaml`],
  );
  assert.equal(await contentOf(talk, 'plain.yaml'), '# No kustomization builds plain.yaml.\n');
  await talk.end();
});

test('the document of a base follows the environment, and edits', async () => {
  const talk = await converse({ files: files(), capabilities: { workspace: { textDocumentContent: {} } } });
  const refreshed: string[] = [];
  talk.client.onRequest('workspace/textDocumentContent/refresh', (params: { uri: string }) => {
    refreshed.push(params.uri);
    return null;
  });
  await talk.until(() => talk.isLoaded());
  assert.match(await contentOf(talk, 'base/web.yaml'), /^# dev\/kustomization.yaml: 2 objects\n/);
  await talk.client.sendNotification('podpath/selectEnvironment', { uri: uri('prod') });
  await talk.until(() => refreshed.length === 1);
  assert.deepEqual(refreshed, [shown('base/web.yaml')]);
  assert.match(await contentOf(talk, 'base/web.yaml'), /^# prod\/kustomization.yaml: 2 objects\n/);
  talk.open('prod/kustomization.yaml', 'resources:\n  - ../base\nnamePrefix: live-\n');
  await talk.until(() => refreshed.length === 2);
  assert.match(await contentOf(talk, 'base/web.yaml'), /name: live-web\n/);
  await talk.client.sendNotification('textDocument/didClose', { textDocument: { uri: shown('base/web.yaml') } });
  talk.change('prod/kustomization.yaml', 'resources:\n  - ../base\n');
  await talk.until(async () => !(await contentOf(talk, 'prod/kustomization.yaml')).includes('live-'));
  assert.equal(refreshed.length, 2);
  await talk.end();
});
