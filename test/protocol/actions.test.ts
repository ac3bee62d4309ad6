import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientCapabilities, WorkspaceEdit } from 'vscode-languageserver';
import type { CreatePoliciesAnswer } from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';
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

test('policies from known calls are a new file, for clients that create files', async () => {
  const files = new Map([['web.yaml', deployment('web')]]);
  const create = async (capabilities: ClientCapabilities) => {
    const talk = await converse({ files, capabilities, options: { views: true } });
    talk.open('web.yaml', deployment('web'));
    await talk.until(() => talk.isLoaded());
    const actions = await talk.client.sendRequest<{ title: string; edit: WorkspaceEdit }[]>('textDocument/codeAction', {
      textDocument: { uri: uri('web.yaml') },
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } },
      context: { diagnostics: [] },
    });
    const file = await talk.client.sendRequest<CreatePoliciesAnswer>(methods.createPolicies, {
      textDocument: { uri: uri('web.yaml') },
    });
    await talk.end();
    return { file, edit: actions.find(({ title }) => title.startsWith('Create NetworkPolicies'))?.edit };
  };
  const able = await create({
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  });
  assert.equal(able.file?.uri, uri('network-policies.yaml'));
  const [creation, insertion] = able.edit?.documentChanges ?? [];
  assert.deepEqual(creation, {
    kind: 'create',
    uri: able.file.uri,
    options: { overwrite: false, ignoreIfExists: false },
  });
  assert.ok(insertion && 'edits' in insertion);
  assert.deepEqual(insertion.edits, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: able.file.text },
  ]);
  assert.equal((await create({})).edit, undefined);
});

test('a fix that needs a new file creates it, for clients that create files', async () => {
  const route =
    'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web }\nspec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }\n';
  const files = new Map([
    ['kustomization.yaml', 'namePrefix: prod-\nresources: [svc.yaml, route.yaml]\n'],
    ['svc.yaml', service('web')],
    ['route.yaml', route],
  ]);
  const fixes = async (capabilities: ClientCapabilities) => {
    const talk = await converse({ files, capabilities });
    await talk.until(() => talk.isLoaded());
    const position = { line: 3, character: route.split('\n')[3]?.indexOf('web') ?? 0 };
    const actions = await talk.client.sendRequest<{ title: string; edit: WorkspaceEdit }[]>('textDocument/codeAction', {
      textDocument: { uri: uri('route.yaml') },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ['quickfix'] },
    });
    await talk.end();
    return actions.filter(({ title }) => title.startsWith('Have kustomize follow'));
  };
  const [fix] = await fixes({
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  });
  assert.deepEqual(
    fix?.edit.documentChanges?.map((change) =>
      'kind' in change
        ? change.kind
        : [change.textDocument.uri, change.edits.map((edit) => ('newText' in edit ? edit.newText : '')).join('')],
    ),
    [
      [uri('kustomization.yaml'), '\nconfigurations: [kustomizeconfig.yaml]'],
      'create',
      [
        uri('kustomizeconfig.yaml'),
        'nameReference:\n  - kind: Service\n    fieldSpecs:\n      - group: gateway.networking.k8s.io\n        kind: HTTPRoute\n        path: spec/rules/backendRefs/name\n',
      ],
    ],
  );
  assert.deepEqual(await fixes({}), []);
});
