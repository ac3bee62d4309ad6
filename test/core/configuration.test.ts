import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { say } from '../../server/src/core/finding';
import { createWorkspace, settingSpecs } from '../../server/src/core/index';
import type { Rule } from '../../server/src/core/rules/define';
import { createJudge } from '../../server/src/core/rules/shared/judge';
import { Workspace } from '../../server/src/core/workspace';

const root = 'file:///w';
const at = (path: string) => `${root}/${path}`;

const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n`;

function open(files: Readonly<Record<string, string>>): Workspace {
  const workspace = createWorkspace((rule, uri, error) => assert.fail(`${rule} threw on ${uri}: ${String(error)}`));
  workspace.setRoots([root]);
  for (const [path, text] of Object.entries(files)) workspace.set(at(path), text);
  return workspace;
}

function shown(workspace: Workspace, path: string): string[] {
  return workspace
    .snapshot()
    .findings(at(path))
    .map(({ rule, level }) => `${level} ${rule}`);
}

const nothing = 'information service-selector-matches-nothing';

test('the nearest podpath.yaml holds for the files under it, and for no other', () => {
  const workspace = open({
    'podpath.yaml': 'rules: { invalid-name: warning, service-selector-matches-nothing: off }\n',
    'a.yaml': service('Web'),
    'deep/podpath.yaml': 'rules: { invalid-name: hint }\n',
    'deep/er/b.yaml': service('Web'),
  });
  assert.deepEqual(shown(workspace, 'a.yaml'), ['warning invalid-name']);
  assert.deepEqual(shown(workspace, 'deep/er/b.yaml'), ['hint invalid-name', nothing]);
});

test('the command line stands above podpath.yaml, and that above the editor', () => {
  const workspace = open({
    'podpath.yaml': 'rules: { invalid-name: warning }\nclusterDomain: file.local\n',
    'a.yaml': service('Web'),
  });
  workspace.setSettings({
    rules: { 'invalid-name': 'hint', 'service-selector-matches-nothing': 'off' },
    clusterDomain: 'editor.local',
  });
  assert.deepEqual(shown(workspace, 'a.yaml'), ['warning invalid-name']);
  assert.equal(workspace.snapshot().settingsOf(at('a.yaml')).clusterDomain, 'file.local');
  workspace.setSettings({}, { rules: { 'invalid-name': 'information' }, clusterDomain: 'line.local' });
  assert.deepEqual(shown(workspace, 'a.yaml'), ['information invalid-name', nothing]);
  assert.equal(workspace.snapshot().settingsOf(at('a.yaml')).clusterDomain, 'line.local');
});

test('a configuration that comes, changes or goes changes what is said, step by step', () => {
  const workspace = open({ 'a.yaml': service('Web') });
  const before = shown(workspace, 'a.yaml');
  assert.deepEqual(before, ['error invalid-name', nothing]);
  workspace.takeStale();
  workspace.set(at('podpath.yaml'), 'closedWorld: always\n');
  assert.ok(workspace.takeStale().includes(at('a.yaml')));
  assert.deepEqual(shown(workspace, 'a.yaml'), ['error invalid-name', 'warning service-selector-matches-nothing']);
  workspace.set(at('podpath.yaml'), 'rules: { invalid-name: off }\n');
  assert.deepEqual(shown(workspace, 'a.yaml'), [nothing]);
  workspace.set(at('podpath.yaml'), 'exclude: [a.yaml]\n');
  assert.deepEqual(shown(workspace, 'a.yaml'), []);
  workspace.set(at('podpath.yaml'), 'ignore: { "*.yaml": [all] }\n');
  assert.deepEqual(shown(workspace, 'a.yaml'), []);
  workspace.delete(at('podpath.yaml'));
  assert.deepEqual(shown(workspace, 'a.yaml'), before);
});

test('a rule that is off does not run, and runs when it is on again', () => {
  const asked: string[] = [];
  const rule: Rule = {
    id: 'asked',
    summary: 'Is asked',
    levels: ['hint'],
    *linked({ uri, at: { start, end }, names }) {
      asked.push(names.name?.text ?? '');
      yield { level: 'hint', at: { uri, start, end, verbatim: true }, message: say`asked` };
    },
  };
  const workspace = new Workspace(
    createJudge([rule], [rule.id], (_, uri, error) => assert.fail(`${uri}: ${String(error)}`)),
  );
  workspace.setRoots([root]);
  workspace.set(at('podpath.yaml'), 'rules: { asked: off }\n');
  workspace.set(at('a.yaml'), service('web'));
  assert.deepEqual(shown(workspace, 'a.yaml'), []);
  assert.deepEqual(asked, []);
  workspace.delete(at('podpath.yaml'));
  assert.deepEqual(shown(workspace, 'a.yaml'), ['hint asked']);
  assert.deepEqual(asked, ['web']);
});

test('a change that nothing follows from outdates nothing', () => {
  const workspace = open({
    'podpath.yaml': 'closedWorld: auto\n',
    'a.yaml': service('web'),
    'b/a.yaml': service('web'),
  });
  workspace.takeStale();
  workspace.set(at('b/podpath.yaml'), 'rules: {}\n');
  assert.ok(!workspace.takeStale().includes(at('a.yaml')));
  workspace.set(at('podpath.yaml'), 'closedWorld: auto # as it was\n');
  assert.ok(!workspace.takeStale().includes(at('a.yaml')));
});

test('files that are excluded are not seen by others', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: web }] } }
`;
  const workspace = open({ 'a.yaml': service('web'), 'vendor/b.yaml': deployment });
  assert.deepEqual(shown(workspace, 'a.yaml'), []);
  workspace.set(at('podpath.yaml'), 'exclude: [vendor]\n');
  assert.deepEqual(shown(workspace, 'a.yaml'), [nothing]);
});

test('a closed world makes warnings of what is not found, and a world that is never closed none', () => {
  const near = `${service('web')}---\n${service('api')}`;
  for (const [closedWorld, level] of [
    ['always', 'warning'],
    ['auto', 'information'],
    ['never', 'information'],
  ] as const) {
    const workspace = open({ 'podpath.yaml': `closedWorld: ${closedWorld}\n`, 'a.yaml': near });
    assert.deepEqual(shown(workspace, 'a.yaml'), [
      `${level} service-selector-matches-nothing`,
      `${level} service-selector-matches-nothing`,
    ]);
  }
});

test('a namespace for what names none', () => {
  const workspace = open({ 'podpath.yaml': 'namespace: shop\n', 'a.yaml': service('web') });
  assert.equal(workspace.snapshot().file(at('a.yaml'))?.resources[0]?.namespace, 'shop');
  workspace.set(at('podpath.yaml'), '');
  assert.equal(workspace.snapshot().file(at('a.yaml'))?.resources[0]?.namespace, undefined);
});

test('every setting can be written as its example says, and each schema knows it', () => {
  const schema = JSON.parse(readFileSync('schemas/podpath.schema.json', 'utf8')) as { properties: object };
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { configuration: { properties: object }; yamlValidation: { fileMatch: string; url: string }[] };
    files: string[];
  };
  for (const { key, example, editorOnly } of settingSpecs) {
    assert.ok(`podpath.${key}` in manifest.contributes.configuration.properties, key);
    assert.equal(key in schema.properties, editorOnly !== true, key);
    if (editorOnly) continue;
    const workspace = open({ 'podpath.yaml': `${key}: ${example}\n` });
    assert.deepEqual(shown(workspace, 'podpath.yaml'), [], key);
    const config = workspace.snapshot().config(at('podpath.yaml'));
    assert.deepEqual(Object.keys(config?.written ?? {}), [key]);
  }
  assert.deepEqual(manifest.contributes.yamlValidation, [
    { fileMatch: 'podpath.yaml', url: './schemas/podpath.schema.json' },
  ]);
  assert.ok(manifest.files.includes('schemas'));
});
