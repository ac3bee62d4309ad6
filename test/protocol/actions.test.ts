import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converse, uri } from './conversation';
import { deployment, service } from './manifests';

test('a workload without a Service gets one by a refactoring, and none while a Service selects it', async () => {
  const talk = await converse({
    files: new Map([
      ['web.yaml', deployment('web')],
      ['api.yaml', `${deployment('api')}---\n${service('api', 'apy')}`],
    ]),
  });
  await talk.until(() => talk.problems().length > 0);
  talk.open('web.yaml', deployment('web'));
  const ask = async (only?: string[]) =>
    talk.client.sendRequest<
      { title: string; kind: string; edit: { changes: Record<string, { newText: string }[]> } }[]
    >('textDocument/codeAction', {
      textDocument: { uri: uri('web.yaml') },
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  const [action] = await ask();
  assert.equal(action?.title, 'Create Service for Deployment web');
  assert.equal(action.kind, 'refactor');
  assert.match(action.edit.changes[uri('web.yaml')]?.[0]?.newText ?? '', /^\n---\napiVersion: v1\nkind: Service\n/);
  assert.equal((await ask(['refactor'])).length, 1);
  assert.deepEqual(await ask(['quickfix']), []);
  talk.open('svc.yaml', service('web'));
  assert.deepEqual(await ask(), []);
  await talk.end();
});
