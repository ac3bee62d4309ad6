import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkspace } from '../../server/src/core/index';
import { allowsAll } from '../../server/src/core/network/policy/containment';
import { indexRules } from '../../server/src/core/network/policy/wider-rules';

const peers = [
  '',
  'from: [{ podSelector: {} }]',
  'from: [{ namespaceSelector: {} }]',
  'from: [{ podSelector: { matchLabels: { app: a } } }]',
  'from: [{ podSelector: { matchLabels: { app: a, tier: x } } }]',
  'from: [{ podSelector: { matchLabels: { app: a, tier: x } }, namespaceSelector: { matchLabels: { team: t } } }]',
  'from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [a, b] }] } }]',
  'from: [{ podSelector: { matchExpressions: [{ key: app, operator: Exists }] }, namespaceSelector: {} }]',
  'from: [{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [c] }] } }]',
  'from: [{ podSelector: { matchExpressions: [{ key: old, operator: DoesNotExist }] } }]',
  'from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]',
  'from: [{ ipBlock: { cidr: "::/0" } }]',
  'from: [{ ipBlock: { cidr: 2001:db8::/32 } }]',
  'from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/9] } }]',
  'from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/8] } }]',
  'from: [{ ipBlock: { cidr: 10.200.0.0/16 } }]',
  'from: [{ ipBlock: { cidr: 10.200.3.4/32 } }, { podSelector: { matchLabels: { app: a } } }]',
];
const ports = [
  '',
  'ports: [{ port: 80 }]',
  'ports: [{ port: http }]',
  'ports: [{ port: 1, endPort: 65535 }, { port: 80 }]',
];

test('the index finds the same rule as asking every one', () => {
  const rules = peers.flatMap((peer) => ports.map((port) => `{ ${[peer, port].filter((part) => part).join(', ')} }`));
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.set(
    'file:///w/a.yaml',
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec:\n  podSelector: {}\n  ingress:\n${rules.map((rule) => `    - ${rule}\n`).join('')}`,
  );
  const read = workspace.snapshot().file('file:///w/a.yaml')?.resources[0]?.policy?.ingress?.rules ?? [];
  assert.equal(read.length, rules.length);
  for (const order of [read, [...read].reverse()]) {
    const wider = indexRules(order);
    let found = 0;
    for (const rule of order) {
      const expected = order.find((item) => item !== rule && allowsAll(item, rule));
      assert.equal(
        wider(rule, (item) => item !== rule),
        expected,
        rule.path,
      );
      if (expected) found += 1;
    }
    assert.ok(found > peers.length && found < order.length);
  }
});
