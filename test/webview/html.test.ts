import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderHtml } from '../../client/webview/html';

test('the page allows nothing but its own script and style', () => {
  const page = renderHtml('https://host.test', 'https://host.test/topology.js', 'https://host.test/topology.css');
  assert.match(page, /default-src 'none'; script-src https:\/\/host\.test; style-src https:\/\/host\.test;/);
  assert.doesNotMatch(page, /unsafe|<style| style=| on[a-z]+=/);
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /<script src="https:\/\/host\.test\/topology\.js"><\/script>/);
});

test('an address cannot leave its attribute', () => {
  assert.match(renderHtml('x', 'a"b&c<d', 's'), /src="a&quot;b&amp;c&lt;d"/);
});
