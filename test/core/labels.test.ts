import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  everything,
  fromLabels,
  fromLabelSelector,
  fromServiceSelector,
  isEqualityOnly,
  labelSelectorProblems,
  matches,
  readRequirement,
  requiredPairs,
  requirementProblems,
  type Selector,
} from '../../server/src/core/labels';
import { formatSelector, parsePairs, parseSelector } from '../../server/src/core/selector-text';

const labels = (pairs: Record<string, string>): Map<string, string> => new Map(Object.entries(pairs));

function selector(text: string): Selector {
  const parsed = parseSelector(text);
  if (typeof parsed === 'object' && 'problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

test('an absent LabelSelector matches nothing and an empty one everything', () => {
  assert.equal(fromLabelSelector(undefined), 'nothing');
  assert.deepEqual(fromLabelSelector({}), everything);
  assert.ok(!matches('nothing', labels({ a: 'b' })));
  assert.ok(matches(everything, labels({})));
});

test('a Service selector that is absent or empty selects nothing, while no labels match everything elsewhere', () => {
  assert.equal(fromServiceSelector(undefined), 'nothing');
  assert.equal(fromServiceSelector(labels({})), 'nothing');
  assert.deepEqual(fromServiceSelector(labels({ app: 'web' })), selector('app=web'));
  assert.deepEqual(fromLabels(labels({})), everything);
});

test('matchLabels and matchExpressions must all hold', () => {
  const both = fromLabelSelector({
    matchLabels: labels({ app: 'web' }),
    matchExpressions: [{ key: 'tier', operator: 'In', values: ['b', 'a', 'b'] }],
  });
  assert.deepEqual(both, selector('app=web,tier in (a,b)'));
  assert.ok(matches(selector('app=web,tier in (a,b)'), labels({ app: 'web', tier: 'a', more: 'x' })));
  assert.ok(!matches(selector('app=web,tier in (a,b)'), labels({ app: 'web' })));
});

test('each operator with the key there, with another value, and without the key', () => {
  const table: [string, boolean, boolean, boolean][] = [
    ['a=1', true, false, false],
    ['a!=1', false, true, true],
    ['a in (1,3)', true, false, false],
    ['a notin (1,3)', false, true, true],
    ['a', true, true, false],
    ['!a', false, false, true],
    ['a>1', false, true, false],
    ['a<2', true, false, false],
  ];
  for (const [text, same, other, without] of table) {
    const got = [{ a: '1' }, { a: '2' }, {}].map((pairs) => matches(selector(text), labels(pairs)));
    assert.deepEqual(got, [same, other, without], text);
  }
});

test('comparisons are of 64-bit integers and of nothing else', () => {
  assert.ok(matches(selector('a>9007199254740992'), labels({ a: '9007199254740993' })));
  assert.ok(!matches(selector('a>1'), labels({ a: '2.5' })));
  assert.ok(!matches(selector('a>1'), labels({ a: '9223372036854775808' })));
});

test('text round trips through the selector', () => {
  for (const text of [
    'a=b',
    'a!=b',
    'a in (b,c)',
    'a notin (b,c)',
    'a',
    '!a',
    'a>1',
    'a<1',
    'a=',
    'x.com/a=b,c in (,d),!e',
  ]) {
    assert.equal(formatSelector(selector(text)), text);
  }
  assert.equal(formatSelector(selector('a==b')), 'a=b');
  assert.equal(formatSelector(everything), 'everything');
  assert.equal(formatSelector('nothing'), 'nothing');
});

test('a text that is no selector says where it stops being one', () => {
  const table: Record<string, string> = {
    'a,': 'found the end where a label key was expected after the comma',
    ',a': 'found "," where a label key was expected',
    '!a=b': 'found "=" where a comma or the end was expected',
    'a b': 'found "b" where an operator was expected after "a"',
    'a=(b)': 'found "(" where a value was expected after "a="',
    'a in b': 'found "b" where "(" was expected',
    'a in (b c)': 'found "c" where a comma or ")" was expected',
    'a in (b': 'the list of values of "a" has no closing ")"',
    'a<b': 'in "a<b", the values of "a" must be a whole number',
    'a||b':
      "in \"a||b\", the key of \"a||b\" must be letters, digits, '-', '_' and '.', and start and end with a letter or digit",
  };
  for (const [text, problem] of Object.entries(table)) assert.deepEqual(parseSelector(text), { problem }, text);
});

test('requirements name the field that is wrong', () => {
  const fields = (key: string, operator: string, values?: string[]): string[] =>
    requirementProblems({ key, operator, values }).map(
      ({ field, index }) => field + (index === undefined ? '' : String(index)),
    );
  assert.deepEqual(fields('a', 'In', ['b']), []);
  assert.deepEqual(fields('a', 'In'), ['values']);
  assert.deepEqual(fields('a', 'Exists', ['b']), ['values']);
  assert.deepEqual(fields('a', '=', ['b', 'c']), ['values']);
  assert.deepEqual(fields('a', 'Gt', ['b']), ['values0']);
  assert.deepEqual(fields('-', 'Like', ['ok', 'not ok']), ['key', 'operator', 'values1']);
  assert.equal(readRequirement({ key: '-', operator: 'Exists' }), undefined);
});

test('a LabelSelector knows four operators, and its problems have paths', () => {
  const written = {
    matchLabels: labels({ 'a b': 'c', ok: 'ok', d: '-' }),
    matchExpressions: [
      { key: 'a', operator: 'In', values: ['x', ' '] },
      { key: 'a', operator: 'Gt', values: ['1'] },
    ],
  };
  assert.deepEqual(
    labelSelectorProblems(written).map(({ path }) => path.join(' > ')),
    ['matchLabels > a b', 'matchLabels > d', 'matchExpressions > 0 > values > 1', 'matchExpressions > 1 > operator'],
  );
  assert.equal(fromLabelSelector(written), undefined);
});

test('required pairs are what every match has', () => {
  assert.deepEqual(requiredPairs(selector('a=b,c in (d,e),f!=g,h in (i)')), labels({ a: 'b', h: 'i' }));
  assert.deepEqual(requiredPairs('nothing'), labels({}));
  assert.deepEqual(
    ['a=b', 'a=b,c', ''].map((text) => isEqualityOnly(selector(text))),
    [true, false, true],
  );
  assert.equal(isEqualityOnly('nothing'), false);
});

test('label pairs as text are pairs only', () => {
  assert.deepEqual(parsePairs(' a = b ,c='), labels({ a: 'b', c: '' }));
  assert.deepEqual(parsePairs(''), labels({}));
  for (const text of ['a', ',', 'a==b', 'a!=b', 'a in (b)', 'a=$']) assert.equal(parsePairs(text), undefined, text);
});
