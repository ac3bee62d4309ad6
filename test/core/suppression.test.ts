import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allRules, createWorkspace } from '../../server/src/core/index';
import { readRules } from '../../server/src/core/suppression/ignore';
import { kubeLinterChecks, kubeScoreChecks } from '../../server/src/core/suppression/peers';

const root = 'file:///w';

function open(text: string, name = 'a.yaml') {
  const workspace = createWorkspace(
    (rule, uri, error) => assert.fail(`${rule} threw on ${uri}: ${String(error)}`),
    ['invalid-name', 'label-not-a-string', 'duplicate-key', 'unused-ignore', 'policy-peer-matches-nothing'],
  );
  workspace.setRoots([root]);
  workspace.set(`${root}/${name}`, text);
  return workspace.snapshot();
}

const found = (text: string, name = 'a.yaml') =>
  open(text, name)
    .findings(`${root}/${name}`)
    .map(({ rule }) => rule);

test('rules stand before the reason', () => {
  const ids = (text: string) => readRules(text, { uri: '', start: 0, end: 0 }).map(({ id }) => id);
  assert.deepEqual(ids('a-b'), ['a-b']);
  assert.deepEqual(ids('a-b because c'), ['a-b']);
  assert.deepEqual(ids('a-b,c-d ,  e-f and the reason, with a comma'), ['a-b', 'c-d', 'e-f']);
  assert.deepEqual(ids('a-b: the reason'), ['a-b']);
  assert.deepEqual(ids('a-b -- the reason'), ['a-b']);
  assert.deepEqual(ids(''), []);
  assert.deepEqual(ids('(none)'), []);
});

test('checks of other linters stand for rules that there are', () => {
  const known = new Set(allRules.map(({ id }) => id));
  for (const [check, ids] of [...kubeLinterChecks, ...kubeScoreChecks])
    for (const id of ids) assert.ok(known.has(id), `${check}: ${id}`);
});

const service = (name: string, more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${more}spec: { ports: [{ port: 80 }] }\n`;

test('comments: their places and spellings', () => {
  assert.deepEqual(found(service('Web')), ['invalid-name']);
  for (const comment of [
    '# podpath-ignore invalid-name',
    '#podpath-ignore invalid-name',
    '#  podpath-ignore: invalid-name, all',
  ]) {
    assert.deepEqual(found(service(`Web ${comment}`)), [], comment);
    assert.deepEqual(found(service(`Web\t${comment}`)), [], comment);
    assert.deepEqual(found(service(`Web`).replace('  name', `  ${comment}\n\n  # why\n  name`)), [], comment);
    assert.deepEqual(found(`${comment}\n${service('Web')}`), [], comment);
    assert.deepEqual(found(`\ufeff${comment}\r\n${service('Web').replaceAll('\n', '\r\n')}`), [], comment);
    assert.deepEqual(found(`# head\n---\n${comment}\n\n${service('Web')}`), [], comment);
    assert.deepEqual(found(`${comment}\n# licence\n---\n${service('Web')}`), [], comment);
  }
  assert.deepEqual(found(service('Web# podpath-ignore invalid-name')), ['invalid-name']);
  assert.deepEqual(found(service('Web # podpath-ignored invalid-name')), ['invalid-name']);
});

test('a comment above the first key holds for its document alone', () => {
  const two = `# podpath-ignore invalid-name\n${service('Web')}---\n${service('Api')}`;
  assert.deepEqual(found(two), ['invalid-name']);
  const between = `${service('Web')}---\n# podpath-ignore invalid-name\n${service('Api')}`;
  assert.deepEqual(found(between), ['invalid-name']);
});

test('a text of several lines is ignored where it begins', () => {
  const map = (comment: string, header: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n${comment}    a: ${header}\n      on: 1\n      # podpath-ignore all\n    b: yes\ndata: {}\n`;
  assert.deepEqual(found(map('', '|')), ['label-not-a-string']);
  assert.deepEqual(found(map('', '| # podpath-ignore label-not-a-string')), ['unused-ignore', 'label-not-a-string']);
});

test('annotations hold for their object, in a List and in JSON too', () => {
  const note = '  annotations: { podpath.io/ignore: invalid-name }\n';
  assert.deepEqual(found(`${service('Web', note)}---\n${service('Api')}`), ['invalid-name']);
  const object = (name: string, annotations: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, annotations },
  });
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [object('Web', { 'podpath.io/ignore': 'invalid-name, because' }), object('Api', {})],
  };
  assert.deepEqual(found(JSON.stringify(list), 'a.json'), ['invalid-name']);
  assert.deepEqual(found(service('Web', '  annotations:\n    podpath.io/ignore: |\n      invalid-name\n')), []);
});

test('taking an ignore away gives the text without it', () => {
  const fixed = (text: string) => {
    const [finding] = open(text).findings(`${root}/a.yaml`);
    const [edit] = finding?.fixes[0]?.edits ?? [];
    return edit && text.slice(0, edit.at.start) + edit.newText + text.slice(edit.at.end);
  };
  const text = service('web');
  assert.equal(fixed(text.replace('web', 'web # podpath-ignore invalid-name')), text);
  assert.equal(fixed(text.replace('  name', '  # podpath-ignore invalid-name\n  name')), text);
  assert.equal(fixed(`${text}# podpath-ignore invalid-name`), text);
  assert.equal(
    fixed(service('web', '  annotations:\n    a: b\n    podpath.io/ignore: invalid-name\n')),
    service('web', '  annotations:\n    a: b\n'),
  );
  assert.equal(fixed(service('web', '  annotations:\n    podpath.io/ignore: invalid-name\n')), undefined);
  assert.equal(fixed(service('web', '  annotations: { podpath.io/ignore: invalid-name }\n')), undefined);
});

test('annotations of other linters take away what our rules say of the same', () => {
  const policy = (annotation: string) =>
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, annotations: { ${annotation} } }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: wbe } } }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, labels: { app: db } }
spec: { containers: [{ name: db }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web }] }
`;
  assert.deepEqual(found(policy('')), ['policy-peer-matches-nothing']);
  assert.deepEqual(found(policy('ignore-check.kube-linter.io/dangling-networkpolicypeer-podselector: "why"')), []);
  for (const unknown of ['ignore-check.kube-linter.io/constructor: "why"', 'kube-score/ignore: constructor'])
    assert.deepEqual(found(policy(unknown)), ['policy-peer-matches-nothing']);
});
