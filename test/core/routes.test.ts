import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseRoute, compareRoutes, matchHost, matchPath } from '../../server/src/core/network/routes';

test('a wildcard host covers exactly one label', () => {
  const covered = (host: string) => matchHost('*.shop.example', host);
  assert.deepEqual(
    ['a.shop.example', 'A.Shop.Example:8443', 'shop.example', 'a.b.shop.example', '.shop.example'].map(covered),
    [true, true, false, false, false],
  );
});

test('no host, an empty host and a star cover every host', () => {
  for (const rule of [undefined, '', '*']) assert.equal(matchHost(rule, 'any.example'), true);
});

test('Prefix compares whole elements and ignores a trailing slash', () => {
  const takes = (path: string, requested: string) => matchPath({ path, pathType: 'Prefix' }, requested);
  assert.equal(takes('/cart', '/cart/items?page=2'), true);
  assert.equal(takes('/cart/', '/cart'), true);
  assert.equal(takes('/cart', '/carts'), false);
  assert.equal(takes('/', '/anything'), true);
});

test('Exact compares the whole path, also its trailing slash', () => {
  assert.equal(matchPath({ path: '/cart', pathType: 'Exact' }, '/cart?x=1'), true);
  assert.equal(matchPath({ path: '/cart', pathType: 'Exact' }, '/cart/'), false);
});

test('the longest path wins, and Exact before Prefix of equal length', () => {
  const routes = [
    { path: '/', pathType: 'Prefix' },
    { path: '/cart', pathType: 'Prefix' },
    { path: '/cart', pathType: 'Exact' },
  ];
  assert.equal(chooseRoute(routes, { host: 'a', path: '/cart' }), routes[2]);
  assert.equal(chooseRoute(routes, { host: 'a', path: '/cart/1' }), routes[1]);
  assert.equal(chooseRoute(routes, { host: 'a', path: '/help' }), routes[0]);
});

test('the host decides before the path does', () => {
  const routes = [
    { host: undefined, path: '/cart' },
    { host: '*.example', path: '/' },
    { host: 'shop.example', path: '/shop' },
  ];
  assert.equal(chooseRoute(routes, { host: 'shop.example', path: '/shop' }), routes[2]);
  assert.equal(chooseRoute(routes, { host: 'shop.example', path: '/cart' }), undefined);
  assert.equal(chooseRoute(routes, { host: 'other.example', path: '/cart' }), routes[1]);
  assert.equal(chooseRoute(routes, { host: 'other', path: '/cart' }), routes[0]);
  assert.deepEqual([...routes].sort(compareRoutes), [routes[2], routes[1], routes[0]]);
});
