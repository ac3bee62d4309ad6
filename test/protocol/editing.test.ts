import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulePages } from '../../server/src/lsp/diagnostics';
import { at, converse, uri } from './conversation';
import { deployment, service } from './manifests';

const files = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));
const broken = ['svc.yaml:7 service-selector-matches-nothing'];

test('a broken selector of a closed file is shown, and goes away when another file is edited', async () => {
  const talk = await converse({ files: files({ 'svc.yaml': service('web', 'wbe'), 'web.yaml': deployment('web') }) });
  await talk.until(() => talk.shown.size > 0);
  assert.deepEqual(talk.problems(), broken);
  const [finding] = talk.shown.get(uri('svc.yaml')) ?? [];
  assert.ok(finding);
  assert.equal(finding.source, 'podpath');
  assert.equal(finding.codeDescription?.href, `${rulePages}/service-selector-matches-nothing.md`);
  assert.match(JSON.stringify(finding.message), /Deployment web \(web\.yaml:4\)|Deployment web \(web\.yaml:1\)/);

  talk.open('web.yaml', deployment('web'));
  talk.change('web.yaml', deployment('web', 'wbe'));
  await talk.until(() => talk.problems().length === 0);
  talk.change('web.yaml', deployment('web'));
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), broken);
  await talk.end();
});

test('only files whose findings changed are pushed', async () => {
  const talk = await converse({
    files: files({
      'svc.yaml': service('web', 'wbe'),
      'web.yaml': deployment('web'),
      'other/svc.yaml': service('api', 'apy'),
      'other/api.yaml': deployment('api'),
    }),
  });
  await talk.until(() => talk.shown.size === 2);
  const before = talk.pushed.length;
  talk.open('svc.yaml', service('web', 'wbe'));
  talk.change('svc.yaml', service('web'));
  await talk.until(() => talk.problems().length === 1);
  assert.deepEqual(talk.pushed.slice(before), [uri('svc.yaml')]);
  await talk.end();
});

test('text that is not saved stands before the disk, until its document is closed', async () => {
  const disk = files({ 'svc.yaml': service('web'), 'web.yaml': deployment('web') });
  const talk = await converse({ files: disk });
  talk.open('svc.yaml', service('web', 'wbe'));
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), broken);
  talk.write({ 'svc.yaml': `${service('web')}# saved by another program\n` });
  talk.write({ 'web.yaml': `${deployment('web')}# touched\n` });
  const hover = await talk.client.sendRequest('textDocument/hover', at('svc.yaml', 6, 8));
  assert.match(JSON.stringify(hover), /reaches no pod/);
  assert.deepEqual(talk.problems(), broken);
  talk.close('svc.yaml');
  await talk.until(() => talk.problems().length === 0);
  await talk.end();
});

test('closed files show warnings and errors only, open files everything', async () => {
  const talk = await converse({ files: files({ 'svc.yaml': service('web', 'elsewhere') }) });
  talk.open('svc.yaml', service('web', 'elsewhere'));
  await talk.until(() => talk.problems().length > 0);
  assert.deepEqual(talk.problems(), broken);
  assert.equal(talk.shown.get(uri('svc.yaml'))?.[0]?.severity, 3);
  talk.close('svc.yaml');
  await talk.until(() => talk.problems().length === 0);
  await talk.end();
});

test('a document that was never saved, and a file without a workspace, are judged alone until they are closed', async () => {
  const talk = await converse({ files: files({}), folders: [] });
  const text = `${service('web', 'wbe')}---\n${deployment('web')}`;
  for (const written of ['untitled:Untitled-1', 'file:///elsewhere/a%20b/(1).yaml']) {
    const textDocument = { uri: written, languageId: 'yaml', version: 1, text };
    await talk.client.sendNotification('textDocument/didOpen', { textDocument });
    await talk.until(() => talk.shown.get(written)?.length === 1);
    await talk.client.sendNotification('textDocument/didClose', { textDocument });
    await talk.until(() => talk.shown.get(written)?.length === 0);
  }
  await talk.end();
});

test('a client that spells a URI in another way means the same file', async () => {
  const talk = await converse({
    files: files({ 'my app/svc.yaml': service('web', 'wbe'), 'my app/web.yaml': deployment('web') }),
  });
  await talk.until(() => talk.shown.get(uri('my app/svc.yaml'))?.length === 1);
  const spelled = 'file:///w/%6dy%20app/svc.yaml';
  const textDocument = { uri: spelled, languageId: 'yaml', version: 1, text: service('web', 'bew') };
  await talk.client.sendNotification('textDocument/didOpen', { textDocument });
  await talk.until(() => talk.shown.get(spelled)?.length === 1);
  assert.equal(talk.shown.get(uri('my app/svc.yaml'))?.length, 0);
  await talk.client.sendNotification('textDocument/didClose', { textDocument });
  await talk.until(() => talk.shown.get(uri('my app/svc.yaml'))?.length === 1);
  assert.equal(talk.shown.get(spelled)?.length, 0);
  await talk.end();
});
