import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt, linesOf } from '../../server/src/cli/excerpt';
import { createWorkspace, hover, plainText } from '../../server/src/core/index';
import { distance, isNear } from '../../server/src/core/near';
import { nearestValid } from '../../server/src/core/nearest-name';
import { withoutMarks } from '../../server/src/lsp/texts';

/** Of texts over which a careless expression does not end before the limit of a test. */
const LENGTH = 50_000;
const parts = [
  '-',
  '.',
  '_',
  ' ',
  '/',
  '[',
  '\\[',
  '[a](',
  '{',
  '{{',
  '"',
  "'",
  ':',
  '<a',
  '__',
  '%a',
  '0',
  'a-',
  '1.',
  '`',
];
const texts = parts.map((part) => `a${part.repeat(LENGTH / part.length)}a`);

test('names of any characters are compared and mended without a time that explodes', () => {
  for (const text of texts) {
    assert.equal(distance(text, `${text}b`, 2), 1);
    assert.ok(isNear(text, `${text}b`));
    assert.notEqual(nearestValid('dns1123Label', text), text);
    assert.notEqual(nearestValid('qualifiedName', text), text);
    assert.ok(withoutMarks(text).length > 0);
  }
});

test('long texts of any characters in names, labels, hosts and ports are judged and shown in such a time', () => {
  const fields = (text: string) => `apiVersion: v1
kind: Service
metadata: { name: ${text}, labels: { ${text}: ${text} } }
spec: { type: ExternalName, externalName: ${text}, selector: { app: ${text} }, ports: [{ port: ${text} }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ host: ${text}, http: { paths: [{ path: ${text}, backend: { service: { name: ${text} } } }] } }] }
`;
  for (const text of texts) {
    const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
    workspace.set('file:///w/web.yaml', fields(JSON.stringify(text)));
    workspace.set('file:///w/near.yaml', fields(JSON.stringify(`${text}b`)));
    const snapshot = workspace.snapshot();
    assert.ok(snapshot.findings('file:///w/web.yaml').length > 0);
    hover(snapshot, 'file:///w/web.yaml', fields('').indexOf('name'));
  }
});

test('documents of nothing but white space or brackets are passed over in such time', () => {
  for (const part of ['\n', '\r', '\t', ' ', '[', '{', '- ', '? ', ': ', '"', "'", '# ', '&a ', '*a ']) {
    const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
    workspace.set('file:///w/web.yaml', `apiVersion\nkind\n${part.repeat(LENGTH / part.length)}`);
    workspace.snapshot().findings('file:///w/web.yaml');
  }
});

test('documents with very many mistakes of the YAML itself are given up in such time', () => {
  for (const line of ['a: "\n', "a: '\n", 'a: [\n', 'x,\n', '- a: b: c\n']) {
    const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
    workspace.set('file:///w/web.yaml', `apiVersion: v1\nkind: Service\n${line.repeat(10_000)}`);
    const [finding] = workspace.snapshot().findings('file:///w/web.yaml');
    assert.equal(finding?.rule, 'manifest-unreadable');
  }
});

test('a document that is nested too deep for the parser is said to be so', () => {
  const levels = Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at + 2)}a:\n`).join('');
  const texts = [
    `spec:\n${levels}`,
    `spec: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
    `spec:\n  ${'- '.repeat(3000)}a\n`,
  ];
  for (const text of texts) {
    const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
    workspace.set('file:///w/web.yaml', `apiVersion: v1\nkind: Service\n${text}`);
    const snapshot = workspace.snapshot();
    const [finding] = snapshot.findings('file:///w/web.yaml');
    assert.match(plainText(finding?.message ?? [], snapshot, String), /nested deeper than 500 levels$/);
  }
});

test('maps of very many entries are read and judged in such time', () => {
  const entries = (indent: string) =>
    Array.from({ length: 50_000 }, (_, at) => `${indent}key${at}: value${at}\n`).join('');
  const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n${entries('  ')}`;
  const labels = `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels:\n${entries('    ')}`;
  const selector = `apiVersion: v1\nkind: Service\nmetadata: { name: api }\nspec:\n  selector:\n${entries('    ')}`;
  for (const text of [config, labels, selector]) {
    const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
    workspace.set('file:///w/web.yaml', text);
    workspace.snapshot().findings('file:///w/web.yaml');
  }
});

test('the lines of very many findings of a file are shown in such time', () => {
  const lines = linesOf('a: b\n'.repeat(200_000));
  {
    for (let line = 1; line <= 100_000; line++) {
      const at = { start: { line, column: 4 }, end: { line, column: 5 } };
      const [text, carets] = excerpt(lines, at, String, (_, shown) => shown);
      assert.ok(text?.endsWith(' a: b') && carets?.endsWith('   ^'));
    }
  }
});
