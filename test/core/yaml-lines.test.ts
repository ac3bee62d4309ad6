/** Values written as YAML read back as the same values, with both readers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument, yamlLines } from '../../server/src/core/index';
import type { Value } from '../../server/src/core/index';
import { plain } from '../kustomize/build';

const at = { uri: 'file:///x', start: 0, end: 0, verbatim: false };

function text(value: string): Value {
  return { type: 'scalar', value, text: value, style: 'double', origin: at };
}

const texts = [
  ...[
    '',
    ' ',
    'a',
    'a b',
    'yes',
    'on',
    'n',
    'true',
    'null',
    '~',
    '1',
    '0777',
    '1e3',
    '1_000',
    '.5',
    '0x1F',
    '2021-01-01',
  ],
  ...[
    '12:30:45',
    'a: b',
    'a:',
    'a #b',
    '#a',
    '- a',
    '-',
    '?',
    '? a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    '"a"',
    "'a'",
    '*a',
    '&a',
  ],
  ...[
    '!a',
    '{a}',
    '[a]',
    '{{ a }}',
    ',a',
    'a,',
    '---',
    '...',
    '--- a',
    '<<',
    '=',
    'a\nb',
    'a\nb\n',
    'a\nb\n\n',
    '\na',
    ' a\nb',
  ],
  ...[
    'a \nb',
    'a\n b',
    'a\n\n b\n',
    'a\tb',
    'a\r\nb',
    'tab\n\tindented',
    'ends with space ',
    '\u0085',
    '\u2028',
    '\ufeff',
    'é',
    '😀',
  ],
  ...[
    '\u0000',
    '\u007f',
    '$(A)',
    '/a/b',
    'http://a:80/b?c=d&e=f#g',
    'a\\b',
    '- a\n- b',
    '# a\nb',
    '---\na',
    'a\n---\nb',
    '\n',
    '\n\n',
  ],
];

for (const reading of ['kubectl', 'kustomize'] as const)
  test(`texts read back with ${reading}`, () => {
    for (const word of texts)
      for (const value of [
        text(word),
        { type: 'list', flow: false, origin: at, items: [text(word), text('x')] } as const,
        {
          type: 'map',
          flow: false,
          origin: at,
          entries: [
            { key: { ...text('k'), text: 'k' } as Value & { type: 'scalar' }, value: text(word) },
            { key: text(word) as Value & { type: 'scalar' }, value: text('y') },
          ],
        } as const,
      ]) {
        const written = `top:\n${yamlLines({ type: 'list', flow: false, origin: at, items: [value] })
          .map((line) => `${line.text}\n`)
          .join('')}`;
        const read = readDocument('file:///y', written, { start: 0, end: written.length }, reading);
        assert.deepEqual(read.problems, [], JSON.stringify(written));
        assert.deepEqual(read.value && plain(read.value), { top: [plain(value)] }, JSON.stringify(written));
      }
  });

test('keys are sorted, and a list stands as deep as its key', () => {
  const source = 'b: [1, { d: 2, c: [x] }]\na: {}\nc: []\ne:\n';
  const { value } = readDocument('file:///x', source, { start: 0, end: source.length }, 'kubectl');
  assert.ok(value);
  assert.deepEqual(
    yamlLines(value).map((line) => line.text),
    ['a: {}', 'b:', '- 1', '- c:', '  - x', '  d: 2', 'c: []', 'e: null'],
  );
  assert.deepEqual(
    yamlLines(value).map(({ origin }) => source.slice(origin.start, origin.end)),
    ['{}', 'b', '1', 'c', 'x', '2', '[]', ''],
  );
});
