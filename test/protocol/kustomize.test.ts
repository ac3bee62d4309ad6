import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Conversation, at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

const files = () =>
  new Map([
    ['base/kustomization.yaml', 'resources: [svc.yaml, web.yaml]\n'],
    ['base/svc.yaml', service('web')],
    ['base/web.yaml', deployment('web')],
    ['prod/kustomization.yaml', 'resources:\n  - ../base\nnamespace: shop\n'],
  ]);

interface Lens {
  readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
}

const ask = <T>({ client }: Conversation, method: string, path: string): Promise<T> =>
  client.sendRequest<T>(method, { textDocument: { uri: uri(path) } });

test('paths of a kustomization are links, and its lenses open what it builds and who builds on it', async () => {
  const talk = await converse({ files: files() });
  assert.deepEqual(talk.capabilities.documentLinkProvider, {});
  await talk.until(() => talk.isLoaded());
  const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 11 } };
  const links = await ask(talk, 'textDocument/documentLink', 'prod/kustomization.yaml');
  assert.deepEqual(links, [{ range, target: uri('base/kustomization.yaml') }]);
  const lenses = await ask<Lens[]>(talk, 'textDocument/codeLens', 'base/kustomization.yaml');
  assert.deepEqual(
    lenses.map(({ command }) => [command.title, command.command]),
    [
      ['2 objects', 'podpath.showRendered'],
      ['used by prod', 'podpath.showLocations'],
    ],
  );
  assert.deepEqual(lenses[0]?.command.arguments, [uri('base/kustomization.yaml')]);
  const hover = await talk.client.sendRequest('textDocument/hover', at('prod/kustomization.yaml', 2, 2));
  assert.match(JSON.stringify(hover), /\*\*namespace\*\* changes 2 objects: \[Service web\]/);
  await talk.end();
});

test('a path that is being typed is completed by what is here', async () => {
  const talk = await converse({ files: files() });
  assert.deepEqual(talk.capabilities.completionProvider, { triggerCharacters: [' ', '/', '.'] });
  await talk.until(() => talk.isLoaded());
  talk.open('prod/kustomization.yaml', 'resources:\n  - ../b\n');
  const found = await talk.client.sendRequest('textDocument/completion', at('prod/kustomization.yaml', 1, 8));
  const range = { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } };
  assert.deepEqual(found, [
    {
      label: '../base',
      kind: 19,
      sortText: '0000',
      filterText: '../base',
      textEdit: { range, newText: '../base' },
      insertTextMode: 1,
    },
  ]);
  const other = await talk.client.sendRequest('textDocument/completion', at('base/svc.yaml', 1, 0));
  assert.deepEqual(other, []);
  await talk.end();
});

test('beside a selector that matches nothing stands the patch that set the label', async () => {
  const patch =
    'patches:\n  - target: { kind: Deployment }\n    patch: |-\n      - op: replace\n        path: /spec/template/metadata/labels/app\n        value: webb\n      - op: replace\n        path: /spec/selector/matchLabels/app\n        value: webb\n';
  const talk = await converse({
    files: new Map([
      ['kustomization.yaml', `resources: [svc.yaml, web.yaml]\n${patch}`],
      ['svc.yaml', service('web')],
      ['web.yaml', deployment('web')],
    ]),
  });
  await talk.until(() => talk.isLoaded() && talk.problems().length > 0);
  assert.deepEqual(talk.problems(), ['svc.yaml:7 service-selector-matches-nothing']);
  const [finding] = talk.shown.get(uri('svc.yaml')) ?? [];
  assert.deepEqual(
    finding?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
    [[uri('kustomization.yaml'), 7 - 1]],
  );
  await talk.end();
});
