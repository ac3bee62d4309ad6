import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../server/src/core/index';
import { createWorkspace, entryOf, readBaseline, writeBaseline } from '../../server/src/core/index';

const root = 'file:///w';
const uri = `${root}/k8s/svc.yaml`;
const baseline = `${root}/known.json`;

function open(text: string, known: string, config = 'baseline: known.json\n'): Snapshot {
  const workspace = createWorkspace(
    (rule, file, error) => assert.fail(`${rule} threw on ${file}: ${String(error)}`),
    ['invalid-name'],
  );
  workspace.setRoots([root]);
  workspace.set(`${root}/podpath.yaml`, config);
  workspace.set(baseline, known);
  workspace.set(uri, text);
  return workspace.snapshot();
}

const service = (name: string, ...ports: readonly string[]) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  ports:
${ports.map((port) => `    - { name: ${port}, port: 80${ports.indexOf(port)} }\n`).join('')}`;

const known = (text: string) => {
  const snapshot = open(text, '');
  return writeBaseline(snapshot.findings(uri).map((finding) => entryOf(finding, text, baseline)));
};

const rules = (snapshot: Snapshot) => snapshot.findings(uri).map(({ rule }) => rule);

test('what is known is not shown, and the rest is', () => {
  const text = service('web', 'Web', 'api');
  assert.deepEqual(rules(open(text, '')), ['invalid-name']);
  assert.deepEqual(rules(open(text, known(text))), []);
  assert.equal(open(text, known(text)).known(uri).length, 1);
  assert.deepEqual(rules(open(service('web', 'Web', 'Api'), known(text))), ['invalid-name']);
});

test('what moves is still the same: other lines, other places in a list, other documents before it', () => {
  const before = known(service('web', 'Web', 'api'));
  assert.deepEqual(rules(open(service('web', 'api', 'Web'), before)), []);
  assert.deepEqual(rules(open(`# a comment\n\n${service('other', 'x')}---\n${service('web', 'Web')}`, before)), []);
});

test('another object, field or text is another finding', () => {
  const before = known(service('web', 'Web'));
  assert.deepEqual(rules(open(service('shop', 'Web'), before)), ['invalid-name']);
  assert.deepEqual(rules(open(service('web', 'WEB'), before)), ['invalid-name']);
  assert.deepEqual(rules(open(service('Web', 'web'), before)), ['invalid-name']);
});

test('each entry stands for its count', () => {
  const twice = `${service('web', 'Web')}---\n${service('web', 'Web').replace('Service', 'Service ')}`;
  const one = known(service('web', 'Web'));
  const found = open(twice, one)
    .findings(uri)
    .filter(({ rule }) => rule === 'invalid-name');
  assert.equal(found.length, 1);
  assert.match(known(twice), /"count":2/);
});

test('a baseline that comes, changes or goes changes what is shown', () => {
  const text = service('web', 'Web');
  const written = known(text);
  const workspace = createWorkspace(() => assert.fail(), ['invalid-name']);
  workspace.setRoots([root]);
  workspace.set(uri, text);
  workspace.set(`${root}/podpath.yaml`, 'baseline: known.json\n');
  const shown = () => workspace.snapshot().findings(uri).length;
  assert.equal(shown(), 1);
  workspace.takeStale();
  workspace.set(baseline, written);
  assert.deepEqual(new Set(workspace.takeStale()), new Set([uri, baseline, `${root}/podpath.yaml`]));
  assert.equal(shown(), 0);
  workspace.set(baseline, writeBaseline([]));
  assert.equal(shown(), 1);
  workspace.set(baseline, written);
  workspace.delete(baseline);
  assert.equal(shown(), 1);
});

test('what is no baseline is none', () => {
  for (const text of ['', '[]', '{', '{"podpathBaseline": 2, "findings": []}', '{"podpathBaseline": 1}', 'null'])
    assert.equal(readBaseline(baseline, text), undefined, text);
  assert.deepEqual(
    readBaseline(baseline, '{"podpathBaseline": 1, "findings": [1, null, {}, {"rule": "a", "file": "b", "text": 3}]}')
      ?.entries,
    [],
  );
  assert.equal(readBaseline(baseline, writeBaseline([]))?.entries.length, 0);
});
