import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace, plainText } from '../../server/src/core/index';

const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: wbe }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
`;

/** The findings of a text with their places, as a person counts lines. */
function findings(source: string): string[] {
  const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule} threw: ${String(error)}`));
  workspace.set('file:///w/main.yaml', source);
  const snapshot = workspace.snapshot();
  return snapshot
    .findings('file:///w/main.yaml')
    .map(
      (finding) =>
        `${finding.rule} ${source.slice(finding.at.start, finding.at.end)} ${plainText(finding.message, snapshot, () => 'main.yaml')}`,
    );
}

test('documents are cut and judged alike, however their lines end', () => {
  const plain = findings(text);
  assert.equal(plain.length, 1);
  assert.deepEqual(findings(text.replaceAll('\n', '\r\n')), plain);
  let line = 0;
  const mixed = text.replace(/\n/g, () => (line++ % 2 === 0 ? '\r\n' : '\n'));
  assert.deepEqual(findings(mixed), plain);
});

test('a document whose lines end with carriage returns alone is read', () => {
  const [first = ''] = text.split('---');
  assert.deepEqual(findings(first.replaceAll('\n', '\r')), findings(first));
});
