import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace } from '../../server/src/core/index';
import { ingressClassOf } from '../../server/src/core/network/ingress-class';
import { backendFor, routesOf } from '../../server/src/core/network/ingress-routes';

function resources(text: string) {
  const workspace = createWorkspace((rule, _, error) => assert.fail(`${rule}: ${String(error)}`));
  workspace.set('file:///w/a.yaml', text);
  return workspace.snapshot().file('file:///w/a.yaml')?.resources ?? [];
}

const ingresses = resources(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a }
spec:
  defaultBackend: { service: { name: rest, port: { number: 80 } } }
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: home, port: { number: 80 } } } }
          - { path: /assets, pathType: Prefix, backend: { resource: { kind: Bucket, name: assets } } }
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: b }
spec:
  rules: [{ host: shop.example, http: { paths: [{ path: /cart, backend: { serviceName: cart, servicePort: http } }] } }]
`);

test('several Ingresses answer as one', () => {
  const answer = (host: string, path: string) => backendFor(ingresses, { host, path })?.name.text;
  assert.equal(answer('shop.example', '/cart/1'), 'cart');
  assert.equal(answer('shop.example', '/help'), 'home');
  assert.equal(answer('other.example', '/'), 'rest');
});

test('the default backend and backends that are no Services are no routes', () => {
  assert.deepEqual(
    ingresses.flatMap(routesOf).map(({ path, reference }) => `${path ?? ''} ${reference.name.text}`),
    ['/ home', '/cart cart'],
  );
});

test('the class is the field, else the one default where no annotation is', () => {
  const named = (text: string) => {
    const all = resources(text);
    const ingress = all.find(({ kind }) => kind === 'Ingress');
    assert.ok(ingress);
    return ingressClassOf(
      ingress,
      all.filter(({ kind }) => kind === 'IngressClass'),
    ).name;
  };
  const ingress = (more: string, meta = '') =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a${meta} }\nspec: { rules: []${more} }\n`;
  const standard = (name: string) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name}, annotations: { ingressclass.kubernetes.io/is-default-class: 'true' } }\n`;
  assert.equal(named(ingress(', ingressClassName: inner') + standard('nginx')), 'inner');
  assert.equal(named(ingress('') + standard('nginx')), 'nginx');
  assert.equal(named(ingress('') + standard('nginx') + standard('other')), undefined);
  assert.equal(named(ingress('', ', annotations: { kubernetes.io/ingress.class: x }') + standard('nginx')), undefined);
});
