import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, includes, intersection, rangesOf, subtract, union, type Ranges } from '../../server/src/core/ranges';

/** Numbers in [0, bound), the same on every run. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % bound;
  };
}

const next = random(3);
const size = 24;

function randomRanges(): Ranges {
  return rangesOf(
    Array.from({ length: next(5) }, () => {
      const first = next(size);
      return { first: BigInt(first), last: BigInt(Math.min(size - 1, first + next(6) - 1)) };
    }),
  );
}

const members = (ranges: Ranges): number[] =>
  Array.from({ length: size }, (_, number) => number).filter((number) => includes(ranges, BigInt(number)));

test('a set is sorted, without overlap and without ranges that touch', () => {
  const set = rangesOf([
    { first: 7n, last: 9n },
    { first: 1n, last: 2n },
    { first: 3n, last: 5n },
    { first: 8n, last: 8n },
    { first: 6n, last: 4n },
  ]);
  assert.deepEqual(set, [
    { first: 1n, last: 5n },
    { first: 7n, last: 9n },
  ]);
});

test('the operations agree with sets of single numbers', () => {
  for (let round = 0; round < 2000; round++) {
    const [a, b] = [randomRanges(), randomRanges()];
    const [left, right] = [new Set(members(a)), new Set(members(b))];
    const all = Array.from({ length: size }, (_, number) => number);
    assert.deepEqual(
      members(union(a, b)),
      all.filter((number) => left.has(number) || right.has(number)),
    );
    assert.deepEqual(
      members(intersection(a, b)),
      all.filter((number) => left.has(number) && right.has(number)),
    );
    assert.deepEqual(
      members(subtract(a, b)),
      all.filter((number) => left.has(number) && !right.has(number)),
    );
    assert.equal(
      contains(a, b),
      [...right].every((number) => left.has(number)),
    );
    for (const result of [union(a, b), intersection(a, b), subtract(a, b)]) assert.deepEqual(rangesOf(result), result);
  }
});

test('what is cut out and what is kept make the whole again', () => {
  for (let round = 0; round < 500; round++) {
    const [a, b] = [randomRanges(), randomRanges()];
    assert.deepEqual(union(subtract(a, b), intersection(a, b)), a);
    assert.deepEqual(intersection(subtract(a, b), b), []);
  }
});
