/** Fixes that add to a key which has no value: it gets one, and no second key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/core/edits';
import { field } from '../../server/src/core/path';
import { addBeside } from '../../server/src/core/rules/shared/add-beside';
import { addEntries } from '../../server/src/core/rules/shared/insert';
import { addEntry, addItem } from '../../server/src/core/rules/shared/list-edits';
import { treeAt } from '../../server/src/core/rules/shared/written-tree';

const uri = 'file:///w/a.yaml';

function specOf(text: string) {
  const tree = treeAt(text, { uri, start: 0, end: text.length });
  assert.ok(tree);
  return field(tree, 'spec');
}

const item = { ports: [{ port: 80 }] };
const lists: readonly (readonly [before: string, after: string])[] = [
  ['spec:\n  egress: null\n  a: b\n', 'spec:\n  egress:\n    - ports:\n        - port: 80\n  a: b\n'],
  ['spec:\n  egress: ~ # closed\n', 'spec:\n  egress: # closed\n    - ports:\n        - port: 80\n'],
  ['spec:\n  egress: # closed\n', 'spec:\n  egress: # closed\n    - ports:\n        - port: 80\n'],
  ['spec:\n  egress: [] # closed\n', 'spec:\n  egress: # closed\n    - ports:\n        - port: 80\n'],
  ['spec:\n  "egress" :   Null', 'spec:\n  "egress" :\n    - ports:\n        - port: 80'],
  ['spec: { egress: null, a: b }', 'spec: { egress: [{ ports: [{ port: 80 }] }], a: b }'],
  ['spec: { egress: , a: b }', 'spec: { egress: [{ ports: [{ port: 80 }] }], a: b }'],
  ['spec: { egress: [] }', 'spec: { egress: [{ ports: [{ port: 80 }] }] }'],
  ['{"spec": {"egress": null}}', '{"spec": {"egress": [{"ports": [{"port": 80}]}]}}'],
];

test('an item goes into a list that is null or empty', () => {
  for (const [before, after] of lists) {
    const edit = addItem(before, specOf(before), 'egress', item);
    assert.equal(edit && applyEdits(before, [edit]), after, before);
  }
});

test('a key without a value gets it, and comes once', () => {
  for (const [before, after] of [
    ['spec:\n  type: null # x\n  a: b\n', 'spec:\n  type: NodePort # x\n  a: b\n'],
    ['spec:\n  type:\n  a: b\n', 'spec:\n  type: NodePort\n  a: b\n'],
    ['spec: { type: ~, a: b }', 'spec: { type: NodePort, a: b }'],
  ] as const) {
    const spec = specOf(before);
    const edit = addEntry(before, spec, 'type', 'NodePort');
    assert.equal(edit && applyEdits(before, [edit]), after, before);
    assert.equal(
      applyEdits(
        before,
        addEntries(() => before, spec, [], { type: 'NodePort' }),
      ),
      after,
      before,
    );
    assert.ok(spec.value);
    assert.equal(applyEdits(before, [addBeside(before, spec.value.origin, 'type', 'NodePort')]), after, before);
  }
});

test('words stay apart from lists of words', () => {
  const text = 'spec:\n  policyTypes: null\n';
  const edit = addEntry(text, specOf(text), 'policyTypes', ['Ingress', 'Egress']);
  assert.equal(edit && applyEdits(text, [edit]), 'spec:\n  policyTypes: [Ingress, Egress]\n');
});
