import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyView } from '../../client/webview/anchor';
import { everything } from '../../client/webview/filter';
import type { Rect } from '../../client/webview/layout/geometry';
import { links } from '../../client/webview/layout/links';
import { pack } from '../../client/webview/layout/pack';
import type { TopologyView } from '../../client/webview/protocol';
import { scene, type Scene } from '../../client/webview/scene';
import { applications, edge, join, measure, node } from './graphs';

const draw = (graph: TopologyView, previous?: Scene): Scene =>
  scene(graph, everything, { measure, aspect: 1.5 }, previous);

function card(drawn: Scene, id: string): Rect {
  const rect = drawn.placement.cards.get(id);
  assert.ok(rect, `${id} is placed`);
  return rect;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test('traffic flows from left to right: Ingress, Service, workload', () => {
  const drawn = draw(applications('shop', 1));
  const [ingress, service, deployment] = ['Ingress', 'Service', 'Deployment'].map(
    (kind) => card(drawn, `${kind}/shop/app-0`).x,
  );
  assert.ok(ingress !== undefined && service !== undefined && deployment !== undefined);
  assert.ok(ingress < service && service < deployment);
});

test('a call back into its own Service does not turn the flow around', () => {
  const graph = applications('shop', 1);
  const drawn = draw({ ...graph, edges: [edge('Deployment/shop/app-0', 'Service/shop/app-0'), ...graph.edges] });
  assert.ok(card(drawn, 'Service/shop/app-0').x < card(drawn, 'Deployment/shop/app-0').x);
});

test('no two cards overlap, and every card is inside the box of its namespace', () => {
  const alone = [node('Deployment/shop/alone'), node('Service/blog/alone')];
  const drawn = draw(join(applications('shop', 7), applications('blog', 3), { nodes: alone, edges: [] }));
  const all = [...drawn.placement.cards];
  all.forEach(([id, rect], index) => {
    for (const [other, second] of all.slice(index + 1)) assert.ok(!overlap(rect, second), `${id} overlaps ${other}`);
    const box = drawn.placement.boxes.find(({ namespace }) => namespace === drawn.nodes.get(id)?.namespace);
    assert.ok(
      box && overlap(rect, box) && rect.x >= box.x && rect.x + rect.width <= box.x + box.width,
      `${id} is in its box`,
    );
  });
  assert.deepEqual(
    drawn.placement.boxes.map(({ namespace, count }) => [namespace, count]),
    [
      ['blog', 10],
      ['shop', 22],
    ],
  );
});

test('the same namespace in two bundles has two boxes', () => {
  const inBundle = (bundle: string): TopologyView => ({
    nodes: [node(`Service/shop/${bundle}`, { bundle })],
    edges: [],
  });
  const drawn = draw(join(inBundle('overlays/prod'), inBundle('overlays/test')));
  assert.deepEqual(
    drawn.placement.boxes.map(({ bundle }) => bundle),
    ['overlays/prod', 'overlays/test'],
  );
});

test('the outside world that sends stands left of the boxes', () => {
  const internet = { id: 'internet', kind: 'Internet', layer: 'external', name: 'Internet', problems: [] } as const;
  const graph = applications('shop', 1);
  const drawn = draw({
    nodes: [...graph.nodes, internet],
    edges: [...graph.edges, edge('internet', 'Ingress/shop/app-0')],
  });
  const box = drawn.placement.boxes[0];
  assert.ok(box && card(drawn, 'internet').x + card(drawn, 'internet').width < box.x);
  assert.equal(drawn.placement.boxes.length, 1);
});

test('the same graph in another order is drawn the same', () => {
  const graph = join(applications('shop', 4), applications('blog', 2));
  const turned = { nodes: graph.nodes.toReversed(), edges: graph.edges };
  const places = (drawn: Scene): unknown => [...drawn.placement.cards].sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual(places(draw(turned)), places(draw(graph)));
});

test('an edit that changes no link leaves every card where it is', () => {
  const graph = applications('shop', 5);
  const before = draw(graph);
  const problems = [{ rule: 'service-port-name', level: 'warning', message: 'no name' }] as const;
  const after = draw({ ...graph, nodes: graph.nodes.map((one) => ({ ...one, problems })) }, before);
  assert.deepEqual(after.placement, before.placement);
});

test('a new application in one namespace does not rearrange another', () => {
  const before = draw(join(applications('blog', 6), applications('shop', 6)));
  const after = draw(join(applications('blog', 6), applications('shop', 7)), before);
  const inBox = (drawn: Scene): unknown => {
    const box = drawn.placement.boxes.find(({ namespace }) => namespace === 'blog');
    assert.ok(box);
    return [...drawn.placement.cards]
      .filter(([id]) => id.includes('/blog/'))
      .map(([id, rect]) => [id, rect.x - box.x, rect.y - box.y]);
  };
  assert.deepEqual(inBox(after), inBox(before));
});

test('the selected card stays on its place of the screen when others move', () => {
  const [before, after] = [
    { x: 100, y: 50 },
    { x: 400, y: 80 },
  ].map((at) => new Map([['a', { ...at, width: 10, height: 10 }]])) as [Map<string, Rect>, Map<string, Rect>];
  const view = steadyView({ x: 20, y: 30, k: 0.5 }, before, after, { selected: 'a', middle: { x: 0, y: 0 } });
  assert.deepEqual(view, { x: 20 - 150, y: 30 - 15, k: 0.5 });
});

test('edges with the same ends and meaning are one line with all labels', () => {
  const nodes = [node('Ingress/shop/a'), node('Service/shop/b')];
  const between = (label: string): ReturnType<typeof edge> => edge('Ingress/shop/a', 'Service/shop/b', { label });
  const [line, ...more] = links({ nodes, edges: [between('/x → 80'), between('/y → 80'), between('/x → 80')] });
  assert.deepEqual(line?.labels, ['/x → 80', '/y → 80']);
  assert.equal(more.length, 0);
});

test('a policy on many workloads keeps quiet, a broken line never does', () => {
  const workloads = ['a', 'b', 'c', 'd'].map((name) => node(`Deployment/shop/${name}`));
  const policy = node('NetworkPolicy/shop/all');
  const edges = workloads.map(({ id }) =>
    edge(policy.id, id, { type: 'applies', state: id.endsWith('d') ? 'broken' : 'ok' }),
  );
  assert.deepEqual(
    links({ nodes: [policy, ...workloads], edges }).map(({ quiet }) => quiet),
    [true, true, true, false],
  );
});

test('an edge to a node that is not there is left out', () => {
  assert.deepEqual(
    links({ nodes: [node('Service/shop/a')], edges: [edge('Service/shop/a', 'Deployment/shop/gone')] }),
    [],
  );
});

test('packing fits rectangles without overlap into good proportions', () => {
  const sizes = Array.from({ length: 30 }, (_, index) => ({
    width: 200 + (index % 3) * 100,
    height: 80 + (index % 5) * 20,
  }));
  const { places, width, height } = pack(sizes, { gap: { x: 20, y: 10 }, aspect: 1.5, step: 100 });
  const rects = places.map((place, index) => ({ ...place, ...(sizes[index] ?? { width: 0, height: 0 }) }));
  rects.forEach((rect, index) => {
    for (const other of rects.slice(index + 1)) assert.ok(!overlap(rect, other));
    assert.ok(rect.x + rect.width <= width && rect.y + rect.height <= height);
  });
  assert.ok(width / height > 0.9 && width / height < 2.4, `${width} by ${height}`);
});

test('a thousand objects are laid out well within a second', () => {
  const graph = join(...Array.from({ length: 40 }, (_, index) => applications(`team-${index}`, 9)));
  const begin = performance.now();
  const drawn = draw(graph);
  assert.ok(performance.now() - begin < 1000);
  assert.equal(drawn.placement.cards.size, 1080);
});

test('a graph without a common card is a new picture', () => {
  const [before, after] = ['a', 'b'].map((id) => new Map([[id, { x: 0, y: 0, width: 10, height: 10 }]])) as [
    Map<string, Rect>,
    Map<string, Rect>,
  ];
  assert.equal(steadyView({ x: 0, y: 0, k: 1 }, before, after, { selected: 'a', middle: { x: 0, y: 0 } }), undefined);
});

test('an attachment between two that traffic connects already keeps quiet', () => {
  const [service, owner] = [node('Service/shop/db'), node('StatefulSet/shop/db')];
  const edges = [edge(service.id, owner.id), edge(owner.id, service.id, { type: 'attaches' })];
  assert.deepEqual(
    links({ nodes: [service, owner], edges }).map(({ type, quiet }) => [type, quiet]),
    [
      ['selects', false],
      ['attaches', true],
    ],
  );
});

test('a policy whose lines are not drawn says how many workloads it applies to', () => {
  const workloads = ['a', 'b', 'c'].map((name) => node(`Deployment/shop/${name}`));
  const policy = node('NetworkPolicy/shop/all');
  const edges = workloads.map(({ id }) => edge(policy.id, id, { type: 'applies' }));
  assert.deepEqual(draw({ nodes: [policy, ...workloads], edges }).cards.get(policy.id)?.lines, [
    { text: 'applies to 3 objects' },
  ]);
});

test('a dense mesh of calls is laid out by its routes and selectors, in time', () => {
  const graph = applications('mesh', 200);
  const calls = graph.nodes.flatMap(({ id }, index) =>
    id.startsWith('Deployment') ? [1, 5, 23].map((step) => edge(id, `Service/mesh/app-${(index * step) % 200}`)) : [],
  );
  const begin = performance.now();
  const drawn = draw({ nodes: graph.nodes, edges: [...graph.edges, ...calls] });
  assert.ok(performance.now() - begin < 1500);
  assert.ok(card(drawn, 'Service/mesh/app-7').x < card(drawn, 'Deployment/mesh/app-7').x);
});

test('a selector that fits very many objects says how many instead of drawing a line to each', () => {
  const pods = Array.from({ length: 30 }, (_, index) => node(`Pod/shop/web-${index}`));
  const service = node('Service/shop/web');
  const drawn = draw({ nodes: [service, ...pods], edges: pods.map(({ id }) => edge(service.id, id)) });
  assert.deepEqual(drawn.cards.get(service.id)?.lines, [{ text: 'selects 30 objects' }]);
});
