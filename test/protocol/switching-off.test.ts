/** Settings, baselines, ignores and fixes of many findings, as an editor meets them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Conversation } from './conversation';
import { converse, uri } from './conversation';
import { deployment, service } from './manifests';

const files = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));
const broken = 'svc.yaml:7 service-selector-matches-nothing';

/** The actions that are offered on a line, counted from 1. */
async function actions(talk: Conversation, path: string, line: number, only?: string[]): Promise<CodeAction[]> {
  return talk.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uri(path) },
    range: { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 200 } },
    context: { diagnostics: [], ...(only ? { only } : {}) },
  });
}

const apply = (action: CodeAction | undefined, path: string, text: string): string =>
  TextDocument.applyEdits(
    TextDocument.create(uri(path), 'yaml', 1, text),
    action?.edit?.changes?.[uri(path)] ?? assert.fail('no edit'),
  );

test('podpath.yaml on disk holds, and what is typed into it holds at once', async () => {
  const talk = await converse({
    files: files({
      'podpath.yaml': 'rules: { service-selector-matches-nothing: off }\n',
      'svc.yaml': service('web', 'wbe'),
      'web.yaml': deployment('web'),
    }),
  });
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), []);
  talk.open('podpath.yaml', 'rules: { service-selector-matches-nothing: off }\n');
  talk.change('podpath.yaml', 'rules: { service-selector-matches-nothing: error }\n');
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [broken]);
  assert.equal(talk.shown.get(uri('svc.yaml'))?.[0]?.severity, 1);
  talk.change('podpath.yaml', 'rulse: {}\n');
  await talk.until(() => talk.problems().length === 2);
  assert.deepEqual(talk.problems(), ['podpath.yaml:1 invalid-config', broken]);
  talk.close('podpath.yaml');
  await talk.until(() => talk.problems().length === 0);
  talk.write({ 'podpath.yaml': undefined });
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [broken]);
  await talk.end();
});

test('a baseline that podpath.yaml names hides what it knows', async () => {
  const known = {
    podpathBaseline: 1,
    findings: [
      {
        rule: 'service-selector-matches-nothing',
        file: 'svc.yaml',
        resource: 'Service web',
        path: 'spec.selector.app',
        text: 'wbe',
      },
    ],
  };
  const talk = await converse({
    files: files({
      'podpath.yaml': 'baseline: known.json\n',
      'known.json': JSON.stringify(known),
      'svc.yaml': service('web', 'wbe'),
      'web.yaml': deployment('web'),
    }),
  });
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), []);
  talk.write({ 'known.json': '{ "podpathBaseline": 1, "findings": [] }' });
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), [broken]);
  await talk.end();
});

test('settings that change are followed, and podpath.yaml stands above them', async () => {
  const settings: Record<string, unknown> = { rules: { 'service-selector-matches-nothing': 'off' } };
  const talk = await converse({
    files: files({ 'svc.yaml': service('web', 'wbe'), 'web.yaml': deployment('web') }),
    settings,
  });
  await talk.until(() => talk.isLoaded());
  assert.deepEqual(talk.problems(), []);
  settings['rules'] = { 'service-selector-matches-nothing': 'error' };
  await talk.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await talk.until(() => talk.problems().length > 0);
  assert.equal(talk.shown.get(uri('svc.yaml'))?.[0]?.severity, 1);
  talk.write({ 'podpath.yaml': 'rules: { service-selector-matches-nothing: warning }\n' });
  await talk.until(() => talk.shown.get(uri('svc.yaml'))?.[0]?.severity === 2);
  await talk.end();
});

test('a finding can be ignored where it is, and the comment works', async () => {
  const text = service('web', 'wbe');
  const talk = await converse({ files: files({ 'svc.yaml': text, 'web.yaml': deployment('web') }) });
  await talk.until(() => talk.problems().length > 0);
  talk.open('svc.yaml', text);
  const ignore = (await actions(talk, 'svc.yaml', 7)).find(({ title }) => title.startsWith('Ignore'));
  assert.equal(ignore?.title, 'Ignore service-selector-matches-nothing here');
  const ignored = apply(ignore, 'svc.yaml', text);
  assert.equal(
    ignored,
    text.replace('    app: wbe', '    # podpath-ignore service-selector-matches-nothing\n    app: wbe'),
  );
  talk.change('svc.yaml', ignored);
  await talk.until(() => talk.problems().length === 0);
  await talk.end();
});

test('ignores: on the first line, beside another one, in a text of several lines, never in JSON', async () => {
  const first =
    'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: web }\nspec: { backend: { serviceName: web, servicePort: 80 } }\n';
  const two =
    'apiVersion: v1\nkind: Service\nmetadata:\n  # podpath-ignore invalid-label it is old\n  name: Web\nspec: { ports: [{ port: 80 }] }\n';
  const json = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'Web' },
    spec: { ports: [{ port: 80 }] },
  });
  const several = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: "We\n    b"\nspec: { ports: [{ port: 80 }] }\n';
  const talk = await converse({
    files: files({ 'first.yaml': first, 'two.yaml': two, 'three.json': json, 'several.yaml': several }),
  });
  await talk.until(() => talk.isLoaded());
  const ignore = async (path: string, line: number) =>
    (await actions(talk, path, line)).find(({ title }) => title.startsWith('Ignore'));
  assert.equal(
    apply(await ignore('first.yaml', 1), 'first.yaml', first),
    first.replace('v1beta1', 'v1beta1 # podpath-ignore removed-api'),
  );
  assert.equal(
    apply(await ignore('two.yaml', 5), 'two.yaml', two),
    two.replace('invalid-label', 'invalid-label, invalid-name'),
  );
  assert.equal(
    apply(await ignore('several.yaml', 4), 'several.yaml', several),
    several.replace('  name', '  # podpath-ignore invalid-name\n  name'),
  );
  assert.equal(await ignore('three.json', 1), undefined);
  await talk.end();
});

test('all of a rule is fixed in the file, or in all files, and all safe fixes on save', async () => {
  const labels = (name: string, ...values: readonly string[]) =>
    `apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: ${name}\r\n  labels:\r\n${values.map((value, index) => `    l${index}: ${value}\r\n`).join('')}`;
  const a = labels('a', 'yes', 'on', 'x');
  const talk = await converse({ files: files({ 'a.yaml': a, 'b.yaml': labels('b', '1') }) });
  await talk.until(() => talk.problems().length === 3);
  const offered = await actions(talk, 'a.yaml', 6);
  assert.deepEqual(
    offered.map(({ title }) => title),
    [
      'Quote yes',
      'Fix all 2 of label-not-a-string in this file',
      'Fix all 3 of label-not-a-string in all files',
      'Ignore label-not-a-string here',
    ],
  );
  const fixed = labels('a', '"yes"', '"on"', 'x');
  assert.equal(apply(offered[1], 'a.yaml', a), fixed);
  assert.deepEqual(Object.keys(offered[2]?.edit?.changes ?? {}).sort(), [uri('a.yaml'), uri('b.yaml')]);
  const [onSave, more] = await actions(talk, 'a.yaml', 1, ['source.fixAll']);
  assert.equal(more, undefined);
  assert.equal(onSave?.kind, 'source.fixAll.podpath');
  assert.equal(apply(onSave, 'a.yaml', a), fixed);
  assert.deepEqual(await actions(talk, 'a.yaml', 6, ['source.organizeImports']), []);
  assert.match(apply(offered[3], 'a.yaml', a), /\r\n {4}# podpath-ignore label-not-a-string\r\n {4}l0/);
  await talk.end();
});
