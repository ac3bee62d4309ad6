import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, shorten, shortenStart, wrapName, wrapWords } from '../../client/webview/card';
import { measure, node } from './graphs';

test('a card shows containers with their ports, and counts what does not fit', () => {
  const containers = ['web', 'proxy', 'log', 'backup'].map((name) => ({ name, ports: ['80/TCP'] }));
  const { lines } = card(node('Deployment/shop/web', { containers }), [], measure);
  assert.deepEqual(lines, [
    { strong: 'web', text: '80/TCP' },
    { strong: 'proxy', text: '80/TCP' },
    { text: '+ 2 more' },
  ]);
});

test('a card grows with what it says', () => {
  const small = card(node('Service/shop/web'), [], measure);
  const large = card(node('Service/shop/web', { detail: ['http 80/TCP → 8080'] }), [], measure);
  assert.ok(large.height > small.height);
});

test('a placeholder says why it is missing', () => {
  const { subtitle, lines } = card(node('Pod/shop/app=wbe', { missing: true }), ['no pod has app=wbe'], measure);
  assert.equal(subtitle, 'Pod · not found');
  assert.deepEqual(
    lines.map(({ text }) => text),
    ['no pod has app=wbe'],
  );
});

test('a long name breaks after a dash, a slightly long one shrinks', () => {
  assert.deepEqual(wrapName('application-controller', 120, measure), {
    lines: ['application-', 'controller'],
    size: 1,
  });
  assert.deepEqual(wrapName('recommendation', 91, measure), { lines: ['recommendation'], size: 91 / 98 });
});

test('texts are cut at the end, routes at the beginning', () => {
  assert.equal(shorten('abcdefghij', 35, measure), 'abcd…');
  assert.equal(shortenStart('example.com/api', 42, measure), '…m/api');
  assert.equal(shorten('abc', 21, measure), 'abc');
});

test('a sentence wraps between words and ends in an ellipsis where it is too long', () => {
  assert.deepEqual(wrapWords('no pod in namespace shop has app=wbe', 105, measure, 2), [
    'no pod in',
    'namespace shop…',
  ]);
  assert.deepEqual(wrapWords('no pod', 105, measure, 2), ['no pod']);
});
