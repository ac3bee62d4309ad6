import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, chooseFixes, safeFix, withLineEnds } from '../../server/src/core/edits';
import type { Finding, TextEdit } from '../../server/src/core/finding';

const edit = (start: number, end: number, newText: string): TextEdit => ({ at: { uri: 'a', start, end }, newText });

function finding(...fixes: readonly (readonly TextEdit[])[]): Finding {
  return {
    rule: 'r',
    level: 'error',
    at: { uri: 'a', start: 0, end: 0 },
    message: [],
    related: [],
    fixes: fixes.map((edits, index) => ({ title: String(index), safe: true, edits })),
  };
}

const chosen = (...findings: readonly Finding[]) =>
  chooseFixes(findings, safeFix, (uri) => uri === 'a').fixed.map((item) => findings.indexOf(item.finding));

test('edits are applied from the first to the last, whatever their order', () => {
  assert.equal(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, ''), edit(2, 2, '-')]), 'b-cdEf');
  assert.equal(applyEdits('abc', []), 'abc');
});

test('fixes that meet are not applied in one round', () => {
  assert.deepEqual(chosen(finding([edit(0, 3, 'x')]), finding([edit(2, 4, 'y')])), [0]);
  assert.deepEqual(chosen(finding([edit(1, 1, 'x')]), finding([edit(1, 1, 'x')])), [0]);
  assert.deepEqual(chosen(finding([edit(0, 3, 'x')]), finding([edit(3, 3, 'y')])), [0]);
  assert.deepEqual(chosen(finding([edit(0, 5, 'x')]), finding([edit(2, 2, 'y')])), [0]);
  assert.deepEqual(chosen(finding([edit(0, 3, 'x')]), finding([edit(3, 5, 'y')])), [0, 1]);
  assert.deepEqual(
    chosen(finding([edit(0, 1, 'x'), edit(8, 9, 'x')]), finding([edit(4, 5, 'y'), edit(8, 9, 'y')])),
    [0],
  );
});

test('a choice is left to a person, and files that are not meant stay as they are', () => {
  assert.deepEqual(chosen(finding([edit(0, 1, 'x')], [edit(0, 1, 'y')]), finding()), []);
  assert.deepEqual(chosen(finding([{ at: { uri: 'b', start: 0, end: 1 }, newText: '' }])), []);
});

test('what is inserted has the line ends of the file', () => {
  assert.equal(withLineEnds(edit(0, 0, 'a\nb\n'), 'x\r\ny\r\n').newText, 'a\r\nb\r\n');
  assert.equal(withLineEnds(edit(0, 0, 'a\r\nb'), 'x\r\n').newText, 'a\r\nb');
  assert.equal(withLineEnds(edit(0, 0, 'a\nb'), 'x\n').newText, 'a\nb');
});
