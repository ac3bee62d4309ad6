/** Lists in brackets are read as Kubernetes' readers do, which do not mind how their lines are indented. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../server/src/core/index';
import { get, items } from '../../server/src/core/value';

function read(text: string) {
  return readDocument('file:///a.yaml', text, { start: 0, end: text.length }, 'kubectl');
}

describe('lists in brackets', () => {
  const texts = {
    'indented by a tab': 'a:\n  b: [\n    "x",\n\t"y",\n  ]\n',
    'indented less than their key': 'a:\n  b: [\n"x",\n"y"\n]\n',
  };
  for (const [name, text] of Object.entries(texts))
    test(name, () => {
      const { value, problems } = read(text);
      assert.deepEqual(problems, []);
      const [, second] = items(get(value, 'a', 'b'));
      assert.equal(text.slice(second?.origin.start, second?.origin.end), '"y"');
    });
  test('on many lines that are indented less', () => {
    const { value, problems } = read(`a:\n  b: [\n${'x,\n'.repeat(40)}]\n`);
    assert.deepEqual(problems, []);
    assert.equal(items(get(value, 'a', 'b')).length, 40);
  });
  test('a block indented by a tab stays an error', () => {
    assert.notDeepEqual(read('a:\n\tb: 1\n').problems, []);
  });
});
