import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFilter, everything, type Filter } from '../../client/webview/filter';
import { boxKey } from '../../client/webview/layout/place';
import { nextCard, readingOrder } from '../../client/webview/navigate';
import { relations } from '../../client/webview/relations';
import { links } from '../../client/webview/layout/links';
import { search } from '../../client/webview/search';
import type { TopologyView } from '../../client/webview/protocol';
import { applications, edge, join, node } from './graphs';

const shown = (graph: TopologyView, filter: Partial<Filter>): readonly string[] =>
  applyFilter(graph, { ...everything, ...filter }).nodes.map(({ id }) => id);

test('hidden layers are not drawn, nor their edges', () => {
  const { nodes, edges } = applyFilter(applications('shop', 1), { ...everything, hiddenLayers: ['edge'] });
  assert.deepEqual(
    nodes.map(({ kind }) => kind),
    ['Service', 'Deployment'],
  );
  assert.deepEqual(
    edges.map(({ type }) => type),
    ['selects'],
  );
});

test('one namespace keeps its direct neighbours in others', () => {
  const graph = join(applications('shop', 1), applications('blog', 1), {
    nodes: [],
    edges: [edge('Deployment/shop/app-0', 'Service/blog/app-0')],
  });
  const shop = boxKey(node('Service/shop/app-0'));
  assert.deepEqual(
    shown(graph, { box: shop }).filter((id) => id.includes('/blog/')),
    ['Service/blog/app-0'],
  );
});

test('the problems filter keeps broken objects and what they are linked to', () => {
  const graph = join(applications('shop', 2), {
    nodes: [node('Service/shop/db'), node('Pod/shop/app=postgres', { missing: true })],
    edges: [edge('Service/shop/db', 'Pod/shop/app=postgres', { state: 'broken', message: 'no pod' })],
  });
  assert.deepEqual(shown(graph, { problems: true }), ['Service/shop/db', 'Pod/shop/app=postgres']);
});

test('a hint alone is no problem', () => {
  const hint = [{ rule: 'r', level: 'hint', message: 'm' }] as const;
  assert.deepEqual(shown({ nodes: [node('Service/shop/a', { problems: hint })], edges: [] }, { problems: true }), []);
});

test('the view of traffic has the workloads and their connections, and nothing else has those', () => {
  const graph = join(applications('shop', 2), {
    nodes: [node('NetworkPolicy/shop/deny'), node('Pod/shop/app=gone', { missing: true })],
    edges: [
      edge('Deployment/shop/app-0', 'Deployment/shop/app-1', { type: 'allows', label: '8080/TCP' }),
      edge('NetworkPolicy/shop/deny', 'Deployment/shop/app-0', { type: 'allows' }),
    ],
  });
  const traffic = applyFilter(graph, { ...everything, hiddenLayers: ['workload'], traffic: true });
  assert.deepEqual(
    traffic.nodes.map(({ id }) => id),
    ['Deployment/shop/app-0', 'Deployment/shop/app-1'],
  );
  assert.deepEqual(
    links(traffic).map(({ labels, quiet }) => [labels, quiet]),
    [[['8080/TCP'], false]],
  );
  const whole = applyFilter(graph, everything).edges.filter(({ type }) => type === 'allows');
  assert.deepEqual(
    whole.map(({ from }) => from),
    ['NetworkPolicy/shop/deny'],
  );
});

test('connections of all with all are shown for what is chosen only, but for what is blocked', () => {
  const ids = Array.from({ length: 16 }, (_, index) => `Deployment/shop/app-${index}`);
  const pairs = ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to })));
  const edges = pairs.map(({ from, to }, index) =>
    edge(from, to, { type: 'allows', state: index === 0 ? 'blocked' : 'ok' }),
  );
  const all = links({ nodes: ids.map((id) => node(id)), edges });
  assert.equal(all.length, 240);
  assert.deepEqual(
    all.filter(({ quiet }) => !quiet).map(({ state }) => state),
    ['blocked'],
  );
});

test('search finds every word, anywhere or in the named field', () => {
  const nodes = [
    node('Service/shop/web', { detail: ['http 80/TCP'], file: 'k8s/web.yaml' }),
    node('Deployment/shop/web', { containers: [{ name: 'nginx', ports: ['8080/TCP'] }] }),
    node('Service/blog/api'),
  ];
  assert.deepEqual(search(nodes, 'WEB'), ['Service/shop/web', 'Deployment/shop/web']);
  assert.deepEqual(search(nodes, 'web kind:service'), ['Service/shop/web']);
  assert.deepEqual(search(nodes, 'ns:blog'), ['Service/blog/api']);
  assert.deepEqual(search(nodes, 'port:8080'), ['Deployment/shop/web']);
  assert.deepEqual(search(nodes, 'nginx'), ['Deployment/shop/web']);
  assert.deepEqual(search(nodes, 'shop/web'), ['Service/shop/web', 'Deployment/shop/web']);
  assert.deepEqual(search(nodes, '  '), []);
});

test('arrow keys follow the lines first, then go to the nearest card', () => {
  const at = (x: number, y: number): { x: number; y: number; width: number; height: number } => ({
    x,
    y,
    width: 10,
    height: 10,
  });
  const cards = new Map([
    ['a', at(0, 0)],
    ['near', at(20, 5)],
    ['linked', at(60, 10)],
    ['below', at(0, 40)],
  ]);
  assert.equal(nextCard('a', 'right', cards, ['linked']), 'linked');
  assert.equal(nextCard('a', 'right', cards, []), 'near');
  assert.equal(nextCard('a', 'down', cards, []), 'below');
  assert.equal(nextCard('a', 'left', cards, []), undefined);
  assert.deepEqual(readingOrder(cards), ['a', 'below', 'near', 'linked']);
});

test('relations name both directions', () => {
  const of = relations(links(applications('shop', 1)));
  const { incoming, outgoing } = of('Service/shop/app-0');
  assert.deepEqual(
    incoming.map(({ other }) => other),
    ['Ingress/shop/app-0'],
  );
  assert.deepEqual(
    outgoing.map(({ other, link }) => [other, ...link.labels]),
    [['Deployment/shop/app-0', '8080']],
  );
  assert.deepEqual(of('unknown'), { incoming: [], outgoing: [] });
});
