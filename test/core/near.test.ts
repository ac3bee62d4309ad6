import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distance, isNear, pieces, probes } from '../../server/src/core/near';

test('the distance counts insertions, deletions, substitutions and swaps up to the bound', () => {
  assert.equal(distance('web', 'web', 0), 0);
  assert.equal(distance('web', 'wbe', 1), 1);
  assert.equal(distance('backend', 'bakcedn', 2), 2);
  assert.equal(distance('ca', 'abc', 3), 3);
  assert.equal(distance('frontend', 'backend', 2), undefined);
  assert.equal(distance('', 'ab', 1), undefined);
});

test('near is one slip, two from six letters on, or only case', () => {
  for (const [a, b] of [
    ['web', 'wbe'],
    ['web', 'webs'],
    ['api', 'Api'],
    ['UI', 'ui'],
    ['backend', 'bakcedn'],
    ['payments', 'payment'],
    ['redis-1', 'redis1'],
  ] as const) {
    assert.ok(isNear(a, b) && isNear(b, a), `${a} ${b}`);
  }
});

test('siblings by number, short names and equal names are not near', () => {
  for (const [a, b] of [
    ['web', 'web'],
    ['web-1', 'web-2'],
    ['web', 'web1'],
    ['backend', 'backend-2'],
    ['v1beta1', 'v1beta2'],
    ['db', 'dc'],
    ['a', 'b'],
    ['cache', 'cash'],
    ['frontend', 'backend'],
  ] as const) {
    assert.ok(!isNear(a, b) && !isNear(b, a), `${a} ${b}`);
  }
});

/** Numbers in [0, 2^32), the same on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
}

test('the bounded distance agrees with the full matrix on random texts', () => {
  const next = random(7);
  const text = (): string => Array.from({ length: (next() >>> 8) % 8 }, () => 'abc'[(next() >>> 8) % 3]).join('');
  for (let round = 0; round < 3000; round++) {
    const [a, b] = [text(), text()];
    const full = distance(a, b, 99) ?? NaN;
    for (const bound of [0, 1, 2, 3])
      assert.equal(distance(a, b, bound), full <= bound ? full : undefined, `${a} ${b}`);
  }
});

test('the index finds exactly the near texts that all-pairs comparison finds', () => {
  const next = random(11);
  const letters = 'abAB1-';
  const texts = new Set<string>();
  for (let round = 0; round < 400; round++) {
    let text = Array.from({ length: 1 + ((next() >>> 8) % 10) }, () => letters[(next() >>> 8) % letters.length]).join(
      '',
    );
    texts.add(text);
    for (let edits = (next() >>> 8) % 4; edits > 0; edits--) {
      const at = (next() >>> 8) % (text.length + 1);
      const kind = (next() >>> 8) % 3;
      if (kind === 0) text = `${text.slice(0, at)}b${text.slice(at)}`;
      else if (kind === 1) text = text.slice(0, at) + text.slice(at + 1);
      else text = text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
      texts.add(text);
    }
  }
  const index = new Map<string, string[]>();
  for (const text of texts) {
    for (const key of pieces(text)) index.set(key, [...(index.get(key) ?? []), text]);
  }
  let pairs = 0;
  for (const text of texts) {
    const candidates = new Set([...probes(text)].flatMap((key) => index.get(key) ?? []));
    const found = [...candidates].filter((candidate) => isNear(text, candidate)).sort();
    assert.deepEqual(found, [...texts].filter((candidate) => isNear(text, candidate)).sort(), text);
    pairs += found.length;
  }
  assert.ok(pairs > 1000, `only ${pairs} near pairs were generated`);
});
