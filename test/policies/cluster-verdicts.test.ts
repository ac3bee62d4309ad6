/** Verdicts of cluster-wide policies, and of what holds for nodes and both families. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectionsOf, parseAddress } from '../../server/src/core/index';
import { admin, onDb, policy, shop } from './shop';

describe('cluster-wide policies', () => {
  const subject = 'subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }';
  const tools = 'namespaces: { matchLabels: { team: ops } }';
  test('an AdminNetworkPolicy decides before any NetworkPolicy, one that passes asks it', () => {
    const deny = policy(`{ ${onDb}, ingress: [] }`);
    const rules = (action: string) =>
      admin(
        'AdminNetworkPolicy',
        `{ priority: 1, ${subject}, ingress: [{ name: tools, action: ${action}, from: [{ ${tools} }] }] }`,
      );
    assert.deepEqual(shop(`${deny}---\n${rules('Allow')}`).open('to', 'db'), ['cache']);
    assert.deepEqual(shop(`${deny}---\n${rules('Pass')}`).open('to', 'db'), []);
    assert.deepEqual(shop(rules('Deny')).open('to', 'db'), ['web', 'api', '192.0.2.1']);
  });
  test('a baseline is asked only for pods that no NetworkPolicy selects', () => {
    const baseline = admin(
      'BaselineAdminNetworkPolicy',
      `{ ${subject}, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }`,
    );
    const { open } = shop(`${baseline}---\n${policy(`{ ${onDb}, ingress: [{}] }`)}`);
    assert.deepEqual([open('to', 'db').length, open('to', 'web')], [4, ['192.0.2.1']]);
  });
  test('a ClusterNetworkPolicy names its tier, and its ports by protocol', () => {
    const rule = `{ name: few, action: Deny, from: [{ ${tools} }], protocols: [{ tcp: { destinationPort: { range: { start: 8000, end: 8999 } } } }, { destinationNamedPort: dns }] }`;
    const { ask, decides } = shop(
      admin('ClusterNetworkPolicy', `{ tier: Admin, priority: 1, ${subject}, ingress: [${rule}] }`),
    );
    assert.deepEqual(
      [80, 8080].map((port) => ask({ from: 'cache', to: 'db', port }).allowed),
      [true, false],
    );
    assert.equal(decides(ask({ from: 'cache', to: 'db' }).ingress), `rule { ${tools} }`);
  });
  test('a peer of an unknown form denies all where it would deny or pass, and means nobody where it would allow', () => {
    const rules = (action: string) =>
      admin(
        'AdminNetworkPolicy',
        `{ priority: 1, ${subject}, egress: [{ action: ${action}, to: [{ planets: {} }] }] }`,
      );
    assert.deepEqual(
      ['Allow', 'Deny', 'Pass'].map((action) => shop(rules(action)).open('from', 'db').length),
      [4, 0, 0],
    );
  });
  test('nodes are the pods of the host network; domain names mean no address that is known here', () => {
    const to = (peer: string) =>
      shop(admin('AdminNetworkPolicy', `{ priority: 1, ${subject}, egress: [{ action: Deny, to: [{ ${peer} }] }] }`));
    assert.equal(to('nodes: {}').ask({ from: 'web', to: 'agent' }).allowed, false);
    assert.equal(to('nodes: {}').ask({ from: 'web', to: 'db' }).allowed, true);
    const names = admin(
      'ClusterNetworkPolicy',
      `{ tier: Admin, priority: 1, ${subject}, egress: [{ action: Accept, to: [{ domainNames: [example.com] }] }] }`,
    );
    assert.deepEqual(shop(names).open('from', 'db').length, 4);
  });
});

test('a node that is not known is not one without labels', () => {
  const pod = (name: string, rest: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop }\nspec: { hostNetwork: true, ${rest}containers: [{ name: main }] }\n`;
  const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: bare }\n';
  const notOld = 'nodes: { matchExpressions: [{ key: old, operator: DoesNotExist }] }';
  const { ask } = shop(
    admin(
      'AdminNetworkPolicy',
      `{ priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [{ ${notOld} }] }] }`,
    ),
    [node, pod('placed', 'nodeName: bare, '), pod('anywhere', '')].join('---\n'),
  );
  assert.deepEqual(
    ['placed', 'anywhere'].map((to) => ask({ from: 'web', to }).allowed),
    [false, true],
  );
});

test('IPv6 is listed where a policy speaks of it', () => {
  const { evaluation } = shop(policy(`{ ${onDb}, ingress: [{ from: [{ ipBlock: { cidr: 'fd00::/8' } }] }] }`));
  const ranges = [...connectionsOf(evaluation)].filter(
    ({ from, to }) => from.type === 'range' && to.type === 'pods' && to.name === 'db',
  );
  assert.deepEqual(
    ranges.map(({ from }) => from.type === 'range' && from.range.first === parseAddress('fd00::')?.point),
    [true],
  );
});
