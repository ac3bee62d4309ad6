/** A policy that is being typed tells of itself only: what it closes at the moment is said of no other file. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createWorkspace } from '../../server/src/core/index';

const shop = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: main, image: web, env: [{ name: API, value: 'http://api:80' }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: main, image: api, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: api, port: { number: 80 } } } }
`;

/** The rules that speak of the shop while a policy with this spec stands in another file. */
function blames(spec: string, head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy'): string[] {
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/shop.yaml', shop);
  workspace.set('file:///w/policy.yaml', `${head}\nmetadata: { name: api, namespace: shop }\n${spec}`);
  return workspace
    .snapshot()
    .findings('file:///w/shop.yaml')
    .map(({ rule }) => rule)
    .filter((rule) => /policy|address-blocked|nowhere/.test(rule));
}

const toApi = 'spec:\n  podSelector: { matchLabels: { app: api } }\n';

describe('an unfinished policy closes nothing for certain', () => {
  for (const spec of [
    'spec:\n',
    'spec:\n  podSelector:\n',
    'spec:\n  podSelector:\n    matchLabels:\n',
    'spec:\n  podSelector:\n    matchLabels:\n      app: \n',
    'spec:\n  podSelector:\n    matchExpressions:\n      - key: app\n',
    'spec:\n  podSelector:\n    matchExpressions: [{ key: app, operator: In }]\n',
    `${toApi}  policyTypes: [Ing]\n`,
    `${toApi}  ingress:\n`,
    `${toApi}  ingress:\n    - from:\n`,
    `${toApi}  ingress:\n    - from: [{}]\n`,
    `${toApi}  ingress:\n    - from:\n        - podSelector:\n            matchLabels:\n              app: \n`,
    `${toApi}  ingress: [{ from: [{ ipBlock: { cidr: 10.0. } }] }]\n`,
    `${toApi}  ingress: [{ ports: [{ protocol: T, port: 8080 }] }]\n`,
    `${toApi}  ingress: [{ ports: [{ port: 808000 }] }]\n`,
    `${toApi}  ingress: [{ ports: [{ port: ht }] }]\n`,
  ])
    test(JSON.stringify(spec), () => {
      assert.deepEqual(blames(spec), []);
    });

  test('nor does one for the whole cluster', () => {
    const head = 'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy';
    const spec = (protocol: string) =>
      `spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: ${protocol}, port: 1 } }] }, { action: Deny, from: [{ namespaces: {} }] }] }`;
    assert.deepEqual(blames(spec('T'), head), []);
    assert.ok(blames(spec('TCP'), head).includes('address-blocked'));
  });
});

describe('a finished policy closes what it closes', () => {
  for (const spec of [
    'spec: { podSelector: {} }',
    `${toApi}  ingress: []\n`,
    `${toApi}  policyTypes: [Ingress]\n`,
    `${toApi}  ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: http }] }]\n`,
    `${toApi}  ingress: [{ ports: [{ port: 80, protocol: TCP }] }]\n`,
  ])
    test(JSON.stringify(spec), () => {
      assert.ok(blames(spec).includes('address-blocked'));
      assert.ok(blames(spec).includes('policy-blocks-route'));
    });
});
