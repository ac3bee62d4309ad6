import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { substitute } from '../../server/src/core/bundle/kustomize/substitute';
import type { Scalar } from '../../server/src/core/value';
import { get } from '../../server/src/core/value';
import { readDocument } from '../../server/src/core/yaml';

const uri = 'file:///w/web.yaml';

function read(text: string) {
  const { value } = readDocument(uri, text, { start: 0, end: text.length }, 'kustomize');
  assert.equal(value?.type, 'map');
  return value;
}

const given = 'APP: web\nPORT: "80"\nON: "true"\nEMPTY: ""\n';
const values = new Map<string, Scalar | undefined>(
  read(given).entries.flatMap(({ key, value }) => (value.type === 'scalar' ? [[key.text, value] as const] : [])),
);
values.set('SECRET', undefined);
const variables = { values, isOpen: false };

function substituted(text: string): Scalar {
  const value = get(substitute(read(`at: ${text}\n`), variables), 'at');
  assert.equal(value?.type, 'scalar');
  return value;
}

const cases: readonly (readonly [written: string, value: Scalar['value']])[] = [
  ['${APP}', 'web'],
  ['http://${APP}.shop:${PORT}', 'http://web.shop:80'],
  ['${PORT}', 80],
  ['"${PORT}"', 80],
  ["'${ON}'", true],
  ['"port ${PORT}"', 'port 80'],
  ['"# ${PORT}"', '# 80'],
  ['${ZONE:=a}', 'a'],
  ['${ZONE:-a}', 'a'],
  ['${ZONE:=${APP}-a}', 'web-a'],
  ['"${COUNT:=3}"', 3],
  ['"x-${EMPTY:=a}"', 'x-a'],
  ['"x-${EMPTY=a}"', 'x-a'],
  ['${APP^}', 'Web'],
  ['${APP^^}', 'WEB'],
  ['$${APP}', '${APP}'],
  ['${OTHER}', '${OTHER}'],
  ['${APP:1:1}', '${APP:1:1}'],
  ['${not a name}', '${not a name}'],
  ['${APP', '${APP'],
  ['$(APP)', '$(APP)'],
];

void describe('variables of Flux', () => {
  for (const [written, value] of cases)
    void test(`${written} becomes ${JSON.stringify(value)}`, () => assert.deepEqual(substituted(written).value, value));
});

void test('a text keeps its place, and the place of the value is on the way', () => {
  const { origin } = substituted('my-${APP}');
  assert.equal(origin.verbatim, false);
  assert.deepEqual([origin.start, origin.end], [4, 13]);
  assert.deepEqual(
    origin.via?.map(({ start, end }) => given.slice(start, end)),
    ['web'],
  );
});

void test('a default does not stand for a value that is not known, and none where others may be given', () => {
  assert.equal(substituted('${SECRET:=none}').text, '${SECRET:=none}');
  const tree = read('at: ${OTHER:=none}\n');
  assert.equal(substitute(tree, { values, isOpen: true }), tree);
  // Without any variable nothing is replaced.
  assert.equal(substitute(tree, { values: new Map(), isOpen: false }), tree);
});

void test('what holds no variable stays the same object', () => {
  const tree = read('spec: { ports: [{ port: 80 }] }');
  assert.equal(substitute(tree, variables), tree);
});
