import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace } from '../../server/src/core/index';
import { commonHostnames, takesHost } from '../../server/src/core/network/gateway-hostnames';
import type { GatewayRequest } from '../../server/src/core/network/gateway-requests';
import { answer } from '../../server/src/core/network/gateway-requests';

function snapshotOf(text: string) {
  const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
  workspace.set('file:///w/a.yaml', text);
  return workspace.snapshot();
}

const get = (host: string, path: string): GatewayRequest => ({ host, path, method: 'GET', headers: new Map() });

/** What a Gateway named `public` answers: the status, and the Services. */
function answers(text: string, request: GatewayRequest): string {
  const snapshot = snapshotOf(text);
  const gateway = snapshot.file('file:///w/a.yaml')?.resources.find(({ kind }) => kind === 'Gateway');
  assert.ok(gateway);
  const { status, services } = answer(gateway, request, snapshot.links);
  return [status, ...services.map(({ name }) => name)].join(' ');
}

const services = ['a', 'b', 'c']
  .map((name) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: 80 }] }\n`)
  .join('---\n');

const gateway = (listeners: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec:
  gatewayClassName: example
  listeners: [${listeners}]
---
`;

const route = (name: string, kind: string, spec: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name} }
spec: { parentRefs: [{ name: public }], ${spec} }
`;

test('a wildcard covers one or more labels, and never the bare domain', () => {
  assert.equal(takesHost('*.example.com', 'a.example.com'), true);
  assert.equal(takesHost('*.example.com', 'A.B.Example.com:8080'), true);
  assert.equal(takesHost('*.example.com', 'example.com'), false);
  assert.equal(takesHost('*.example.com', '.example.com'), false);
  assert.equal(takesHost(undefined, 'anything'), true);
});

test('what a listener and a route have in common is the narrower hostname', () => {
  assert.deepEqual(commonHostnames('*.example.com', ['*.com', 'a.example.com', 'example.com']), [
    '*.example.com',
    'a.example.com',
  ]);
  assert.deepEqual(commonHostnames('', ['a.com']), ['a.com']);
  assert.deepEqual(commonHostnames('*.a.com', ['*.b.com']), []);
});

test('the narrowest listener answers alone', () => {
  const text =
    gateway(
      '{ name: any, port: 80, protocol: HTTP }, { name: one, port: 80, protocol: HTTP, hostname: shop.example.com }',
    ) +
    services +
    `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: r }
spec:
  parentRefs: [{ name: public, sectionName: any }]
  rules: [{ backendRefs: [{ name: a, port: 80 }] }]
`;
  assert.equal(answers(text, get('example.com', '/')), '200 a');
  assert.equal(answers(text, get('shop.example.com', '/')), '404');
});

test('of the matches the most specific one answers, then the route that comes first by name', () => {
  const text =
    gateway('{ name: web, port: 80, protocol: HTTP }') +
    services +
    route(
      'y',
      'HTTPRoute',
      'rules: [{ matches: [{ path: { type: Exact, value: /cart } }], backendRefs: [{ name: a, port: 80 }] }]',
    ) +
    route('z', 'HTTPRoute', 'rules: [{ backendRefs: [{ name: c, port: 80 }] }]') +
    route(
      'x',
      'HTTPRoute',
      'rules: [{ matches: [{ path: { value: /cart }, headers: [{ name: V, value: "2" }] }], backendRefs: [{ name: b, port: 80 }] }, { backendRefs: [{ name: b, port: 80 }] }]',
    );
  assert.equal(answers(text, get('any', '/cart')), '200 a');
  assert.equal(answers(text, get('any', '/cartoon')), '200 b');
  assert.equal(answers(text, { ...get('any', '/cart/1'), headers: new Map([['v', '2']]) }), '200 b');
});

test('a call of gRPC is a request for its service and method', () => {
  const text =
    gateway('{ name: web, port: 80, protocol: HTTP }') +
    services +
    route(
      'calls',
      'GRPCRoute',
      'rules: [{ matches: [{ method: { service: shop.Cart, method: Add } }], backendRefs: [{ name: a, port: 80 }] }, { matches: [{ method: { service: shop.Cart } }], backendRefs: [{ name: b, port: 80 }] }, { matches: [{ method: { method: Ping } }], backendRefs: [{ name: c, port: 80 }] }]',
    );
  assert.equal(answers(text, get('any', '/shop.Cart/Add')), '200 a');
  assert.equal(answers(text, get('any', '/shop.Cart/Empty')), '200 b');
  assert.equal(answers(text, get('any', '/other.Service/Ping')), '200 c');
  assert.equal(answers(text, get('any', '/other.Service/Pong')), '404');
});

test('redirects answer themselves; rules without a backend, or with one that is not here, answer 500', () => {
  const text =
    gateway('{ name: web, port: 80, protocol: HTTP }') +
    services +
    route(
      'r',
      'HTTPRoute',
      'rules: [{ matches: [{ path: { value: /old } }], filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }, { matches: [{ path: { value: /none } }] }, { matches: [{ path: { value: /gone } }], backendRefs: [{ name: gone, port: 80 }] }, { matches: [{ path: { value: /shared } }], backendRefs: [{ name: a, port: 80, weight: 0 }, { name: b, port: 80 }] }]',
    );
  assert.equal(answers(text, get('any', '/old')), '302');
  assert.equal(answers(text, get('any', '/none')), '500');
  assert.equal(answers(text, get('any', '/gone')), '500');
  assert.equal(answers(text, get('any', '/shared?x=1')), '200 b');
});
