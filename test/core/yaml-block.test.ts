/** What is read without the parser is what the parser reads, with the same places. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { splitDocuments } from '../../server/src/core/text';
import { readParsed } from '../../server/src/core/yaml';
import { readBlock } from '../../server/src/core/yaml-block';
import { random } from '../edits/random';

const base = 7;
const uri = 'file:///x.yaml';

/** False where the text is left to the parser. */
function agrees(source: string): boolean {
  const value = readBlock(uri, source, base, 'kubectl');
  if (!value) return false;
  const at = { start: base, end: base + source.length };
  const parsed = readParsed(uri, ' '.repeat(base) + source, at, 'kubectl');
  assert.deepEqual({ value, problems: [], duplicates: [] }, parsed, JSON.stringify(source));
  return true;
}

const simple = [
  'a:\n  b: 1\n  c: 2\nd: 3\n',
  'a:\r\n  b: 1\r\n\r\n  c:\r\n  - 2\r\nd: 3',
  'a:\n- b: 1\n  c: 2\n\n- d\n-\n- - x\n  - y\n- # what follows\n  z: 1\ne: {}\nf: [] # none\n',
  '\n# head\n\n"a": \'b\' # c\n\'x/y\': "1"\n\n# foot\n',
  'a:\n  -   b:\n  -   c:   text with spaces, commas [and] {more}   \n      d: http://x/#y\n',
  '- -1\n- -x\n- a:b\n- $(X)\n- 0x1F\n- ~\n',
  'a:\n  # first\n\n  b:\n   c: ',
];

test('simple documents are read without the parser', () => {
  for (const source of simple) assert.ok(agrees(source), source);
});

test('what is not simple is left to the parser', () => {
  const others = [
    ...[
      '',
      '# a\n',
      'a',
      'a: b: c\n',
      'a: b\n c\n',
      'a: {b: c}\n',
      'a: |\n  b\n',
      'a: &b c\n',
      '*a : b\n',
      '!!str a: b\n',
    ],
    ...[
      'a: b\na: c\n',
      '<<: a\n',
      'a: "\\n"\n',
      "a: 'it''s'\n",
      'a:\t b\n',
      'a: b\r',
      '%YAML 1.2\n',
      '? a\n',
      'a:\n b: c\n  d: e\n',
    ],
    ...[
      'a:\n  b: c\n d: e\n',
      'a: b\n- c\n',
      '- a\nb: c\n',
      '"a": "b\n  c"\n',
      'a: @b\n',
      `${'- '.repeat(70)}a\n`,
      '...\n',
    ],
  ];
  for (const source of others) assert.equal(readBlock(uri, source, base, 'kubectl'), undefined, source);
});

const pieces = [
  ...[' ', '  ', '\n', '\r\n', '\n\n', '\n  ', '\n- ', '\n # c\n', '\t', '\u00a0', '\u2028'],
  ...[
    '#',
    ' # ',
    ':',
    ': ',
    '-',
    '- ',
    '"',
    "'",
    '?',
    '{}',
    '[]',
    '|',
    '&',
    '*',
    '!',
    '~',
    ',',
    '%',
    '...',
    '\\',
    '<<',
    '@',
  ],
];

test('random edits of documents are read as the parser reads them', () => {
  const folder = 'examples/broken';
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
    });
  const read = documents.filter(agrees);
  assert.ok(read.length > documents.length / 2);
  const choice = random(1);
  let count = 0;
  for (let round = 0; round < 3_000; round++) {
    let source = choice.of([...read, ...simple]);
    for (let edits = 1 + choice.below(3); edits > 0; edits--) {
      const at = choice.below(source.length + 1);
      source =
        source.slice(0, at) + (choice.below(4) > 0 ? choice.of(pieces) : '') + source.slice(at + choice.below(3));
    }
    if (agrees(source)) count++;
  }
  assert.ok(count > 500);
});
