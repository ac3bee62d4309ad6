/** Verdicts and the lines that decide them: each test is one thing that policies do, on a world of a few lines. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Evaluation, Workload } from '../../server/src/core/index';
import { onDb, policy, shop } from './shop';

const cluster = (podSubnet: string) =>
  `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: { podSubnet: "${podSubnet}" }\n`;

describe('blocks and the addresses of pods', () => {
  const from = (...cidrs: string[]) =>
    policy(`{ ${onDb}, ingress: [{ from: [${cidrs.map((cidr) => `{ ipBlock: { cidr: "${cidr}" } }`).join()}] }] }`);
  const pods = ['web', 'api', 'cache'];

  test('a block that holds all addresses that the cluster gives to pods holds every pod', () => {
    assert.deepEqual(shop(from('10.244.0.0/16'), cluster('10.244.0.0/16')).open('to', 'db'), pods);
    assert.deepEqual(shop(from('10.0.0.0/8'), cluster('10.244.0.0/16')).open('to', 'db'), pods);
  });

  test('a block that holds some of them, or any where nobody says which they are, does not hold all pods', () => {
    assert.deepEqual(shop(from('10.244.1.0/24'), cluster('10.244.0.0/16')).open('to', 'db'), []);
    assert.deepEqual(shop(from('10.0.0.0/8')).open('to', 'db'), []);
  });

  test('all of a family holds the pods of a cluster that gives addresses of this family', () => {
    const v6 = 'fd00:10:244::/56';
    assert.deepEqual(shop(from('::/0'), cluster(v6)).open('to', 'db'), pods);
    assert.deepEqual(shop(from('0.0.0.0/0'), cluster(v6)).open('to', 'db'), ['192.0.2.1']);
    assert.deepEqual(shop(from('::/0'), cluster(`10.244.0.0/16,${v6}`)).open('to', 'db'), pods);
    assert.deepEqual(shop(from('::/0'), cluster('10.244.0.0/16')).open('to', 'db'), []);
    assert.deepEqual(shop(from('0.0.0.0/0')).open('to', 'db'), [...pods, '192.0.2.1']);
  });

  test('the range of pods is not that of nodes', () => {
    const { ask } = shop(from('10.244.0.0/16'), cluster('10.244.0.0/16'));
    assert.equal(ask({ from: 'agent', to: 'db' }).allowed, false);
  });
});

describe('NetworkPolicy, as in the well-known recipes', () => {
  test('without policies everything is open', () => {
    const { ask, open, decides } = shop('');
    assert.deepEqual(open('to', 'db'), ['web', 'api', 'cache', '192.0.2.1']);
    assert.equal(decides(ask({ from: 'web', to: 'db' }).ingress), 'default');
  });
  test('deny all traffic to an application', () => {
    const { ask, open, decides } = shop(policy(`{ ${onDb}, ingress: [] }`));
    assert.deepEqual(open('to', 'db'), []);
    assert.deepEqual(open('from', 'db'), ['web', 'api', 'cache', '192.0.2.1']);
    assert.equal(decides(ask({ from: 'web', to: 'db' }).ingress), 'isolation []');
  });
  test('limit traffic to an application', () => {
    const rule = '{ from: [{ podSelector: { matchLabels: { app: api } } }] }';
    const { ask, open, decides } = shop(policy(`{ ${onDb}, ingress: [${rule}] }`));
    assert.deepEqual(open('to', 'db'), ['api']);
    assert.equal(
      decides(ask({ from: 'api', to: 'db' }).ingress),
      'rule { podSelector: { matchLabels: { app: api } } }',
    );
  });
  test('allow all traffic to an application, whatever else denies', () => {
    const { open } = shop(
      `${policy('{ podSelector: {}, ingress: [] }')}---\n${policy(`{ ${onDb}, ingress: [{}] }`, 'shop', 'all')}`,
    );
    assert.deepEqual(open('to', 'db'), ['web', 'api', 'cache', '192.0.2.1']);
    assert.deepEqual(open('to', 'web'), []);
  });
  test('deny all traffic from other namespaces', () => {
    const { open } = shop(policy('{ podSelector: , ingress: [{ from: [{ podSelector: {} }] }] }'));
    assert.deepEqual(open('to', 'db'), ['web', 'api']);
  });
  test('allow traffic from all namespaces, which is not from outside', () => {
    const { open } = shop(policy(`{ ${onDb}, ingress: [{ from: [{ namespaceSelector: {} }] }] }`));
    assert.deepEqual(open('to', 'db'), ['web', 'api', 'cache']);
  });
  test('allow traffic from a namespace by its labels, or by its name', () => {
    for (const label of ['team: ops', 'kubernetes.io/metadata.name: tools']) {
      const peer = `namespaceSelector: { matchLabels: { ${label} } }`;
      assert.deepEqual(shop(policy(`{ ${onDb}, ingress: [{ from: [{ ${peer} }] }] }`)).open('to', 'db'), ['cache']);
    }
  });
  test('fields of one item must all agree, items are alternatives', () => {
    const [pods, namespaces] = [
      'podSelector: { matchLabels: { app: web } }',
      'namespaceSelector: { matchLabels: { team: ops } }',
    ];
    const both = shop(policy(`{ ${onDb}, ingress: [{ from: [{ ${pods}, ${namespaces} }] }] }`));
    const either = shop(policy(`{ ${onDb}, ingress: [{ from: [{ ${pods} }, { ${namespaces} }] }] }`));
    assert.deepEqual([both.open('to', 'db'), either.open('to', 'db')], [[], ['web', 'cache']]);
  });
  test('allow traffic to one port of an application', () => {
    const { open, ask } = shop(policy(`{ ${onDb}, ingress: [{ ports: [{ port: 5432 }, { port: http }] }] }`));
    assert.deepEqual(open('to', 'db', 5432), ['web', 'api', 'cache', '192.0.2.1']);
    assert.deepEqual([open('to', 'db', 8080).length, open('to', 'db', 80)], [4, []]);
    assert.equal(ask({ from: 'web', to: 'db', port: 5432, protocol: 'UDP' }).allowed, false);
  });
  test('deny egress, but for names and one pod', () => {
    const rules =
      '[{ ports: [{ port: 53, protocol: UDP }] }, { to: [{ podSelector: { matchLabels: { app: api } } }] }]';
    const { open, ask } = shop(
      policy(`{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: ${rules} }`),
    );
    assert.deepEqual([open('from', 'web'), open('to', 'web').length], [['api'], 4]);
    assert.equal(ask({ from: 'web', to: '192.0.2.1', port: 53, protocol: 'UDP' }).allowed, true);
  });
  test('allow traffic from outside by addresses, without exceptions', () => {
    const block = 'ipBlock: { cidr: 192.0.2.0/24, except: [192.0.2.128/25] }';
    const { ask, open } = shop(policy(`{ ${onDb}, ingress: [{ from: [{ ${block} }] }] }`));
    assert.deepEqual(open('to', 'db'), ['192.0.2.1']);
    assert.equal(ask({ from: '192.0.2.129', to: 'db' }).allowed, false);
  });
  test('egress rules without their type isolate all the same, an empty list does not', () => {
    const web = 'podSelector: { matchLabels: { app: web } }';
    assert.deepEqual(shop(policy(`{ ${web}, egress: [] }`)).open('from', 'web').length, 4);
    assert.deepEqual(shop(policy(`{ ${web}, egress: [{ to: [{ podSelector: {} }] }] }`)).open('from', 'web'), [
      'api',
      'db',
    ]);
  });
});

describe('pods', () => {
  test('pods of the host network are neither selected nor known by labels', () => {
    const { ask, decides } = shop(policy('{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }'));
    assert.equal(decides(ask({ from: 'web', to: 'agent' }).ingress), 'host-network');
    assert.equal(ask({ from: 'agent', to: 'web' }).allowed, false);
  });
  test('a pod always reaches itself', () => {
    const { ask, decides } = shop(policy('{ podSelector: {}, policyTypes: [Ingress, Egress] }'));
    const verdict = ask({ from: 'web', to: 'web' });
    assert.deepEqual([verdict.allowed, decides(verdict.ingress)], [true, 'same-pod']);
  });
  const owned = (name: string, app: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${app} }, ownerReferences: [{ kind: ReplicaSet, name: front, controller: true }] }\nspec: { containers: [{ name: main }] }\n`;
  const shown = ({ workloads }: Evaluation) =>
    workloads
      .filter(({ name }) => ['front', 'store', 'box'].includes(name))
      .map(({ kind, variant }: Workload) => [kind, variant]);
  test('pods of one owner are one workload, or one for each kind of labels that policies tell apart', () => {
    const pods = `${owned('front-1', 'one')}---\n${owned('front-2', 'two')}`;
    assert.deepEqual(shown(shop('', pods).evaluation), [['ReplicaSet', undefined]]);
    const { evaluation } = shop(policy('{ podSelector: { matchLabels: { app: one } }, ingress: [] }'), pods);
    assert.deepEqual(shown(evaluation), [
      ['ReplicaSet', 'app=*'],
      ['ReplicaSet', 'app=one'],
    ]);
  });
  test('a pod of a StatefulSet that is named is a variant', () => {
    const set =
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: store }\nspec: { replicas: 3, selector: { matchLabels: { app: store } }, template: { metadata: { labels: { app: store } }, spec: { containers: [{ name: main }] } } }\n';
    const first = 'podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: store-0 } }';
    const { evaluation } = shop(policy(`{ ${first}, ingress: [] }`), set);
    assert.deepEqual(shown(evaluation).length, 2);
    const closed = evaluation.workloads.filter((item) => evaluation.applied(item, 'ingress').length > 0);
    assert.deepEqual(
      closed.map(({ variant }) => variant),
      ['statefulset.kubernetes.io/pod-name=store-0'],
    );
  });
  test('a virtual machine is a workload', () => {
    const machine =
      'apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: box }\nspec: { template: { metadata: { labels: { app: box } }, spec: { domain: {} } } }\n';
    const { evaluation, open } = shop(policy('{ podSelector: { matchLabels: { app: box } }, ingress: [] }'), machine);
    assert.deepEqual([shown(evaluation), open('to', 'box')], [[['VirtualMachine', undefined]], []]);
  });
});
