import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completions,
  createWorkspace,
  definition,
  documentLinks,
  hover,
  lenses,
  references,
  rendered,
} from '../../server/src/core/index';

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n';

/** What a person has on the screen while typing. */
const halfWritten = [
  '',
  'res',
  'resources:',
  'resources: [',
  'resources: [../b',
  '- a',
  'resources:\n -',
  'resources: {a: b}',
  'resources: [., .., /]\ncomponents: [""]\n',
  'patches: [{path: }]\n',
  'patches:\n- path: "',
  'patches:\n- target: {kind: Pod\n  patch: |\n    - {op: remove',
  'namePrefix: a\nnamePrefix: b\n',
  'labels: [null]\nimages: [1, {}]\n',
  'configMapGenerator: [{files: ["a=", =b, "%zz"]}]\n',
];

for (const text of halfWritten)
  test(`nothing throws at any place of ${JSON.stringify(text)}`, () => {
    const workspace = createWorkspace((rule, uri, error) => assert.fail(`${rule} threw on ${uri}: ${String(error)}`));
    workspace.setRoots(['file:///w']);
    workspace.set('file:///w/k/kustomization.yaml', text);
    workspace.set('file:///w/k/web.yaml', pod);
    workspace.set('file:///w/base/kustomization.yaml', 'resources: [../k]\n');
    const snapshot = workspace.snapshot();
    for (const uri of ['file:///w/k/kustomization.yaml', 'file:///w/k/web.yaml', 'file:///w/base/kustomization.yaml']) {
      const length = snapshot.file(uri)?.text.length ?? 0;
      for (let offset = 0; offset <= length; offset++) {
        const span = hover(snapshot, uri, offset)?.span;
        assert.ok(span === undefined || (span.start <= offset && offset <= span.end));
        definition(snapshot, uri, offset);
        references(snapshot, uri, offset, true);
        for (const { at } of completions(snapshot, uri, offset)) assert.ok(at.start <= offset && offset <= at.end);
      }
      lenses(snapshot, uri);
      documentLinks(snapshot, uri);
      const shown = rendered(snapshot, uri, (file) => file);
      assert.equal(shown?.text.split('\n').length, shown && shown.lines.length + 1);
    }
  });
