/** Verdicts and the lines that decide them: each test is one thing that policies do, on a world of a few lines. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DirectionVerdict, Evaluation, Workload } from '../../server/src/core/index';
import { connectionsOf, createWorkspace, evaluatePolicies, parseAddress } from '../../server/src/core/index';
import type { Protocol } from '../../server/src/core/ports';

interface Ask {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: Protocol;
}

/** The policies beside a shop of three pods, a cache in another namespace, and what else a test needs. */
function shop(policies: string, more = '') {
  const pod = (name: string, namespace: string, labels: string, rest = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { containers: [{ name: main, ports: [{ name: http, containerPort: 8080 }] }]${rest} }
`;
  const objects = [
    pod('web', 'shop', 'app: web, tier: front'),
    pod('api', 'shop', 'app: api, tier: back'),
    pod('db', 'shop', 'app: db, tier: back'),
    pod('agent', 'shop', 'app: agent', ', hostNetwork: true'),
    pod('cache', 'tools', 'app: cache'),
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: tools, labels: { team: ops } }\n',
    policies,
    more,
  ];
  const text = objects.filter((object) => object !== '').join('---\n');
  const workspace = createWorkspace((rule, _, error) => {
    throw new Error(`${rule} threw`, { cause: error });
  });
  workspace.setRoots(['file:///w']);
  workspace.set('file:///w/a.yaml', text);
  const evaluation = evaluatePolicies({
    resources: workspace.snapshot().file('file:///w/a.yaml')?.resources ?? [],
    namespace: 'shop',
  });
  const ask = ({ from, to, port = 8080, protocol = 'TCP' }: Ask) =>
    evaluation.verdict(endOf(evaluation, from), endOf(evaluation, to), protocol, port);
  /** Who may open a connection to a pod, or which pods it may open one to. */
  const open = (way: 'to' | 'from', name: string, port = 8080) =>
    ['web', 'api', 'db', 'cache', '192.0.2.1'].filter(
      (other) =>
        other !== name && ask(way === 'to' ? { from: other, to: name, port } : { from: name, to: other, port }).allowed,
    );
  /** What decides, as it is written. */
  const decides = ({ decision }: DirectionVerdict) =>
    'span' in decision ? `${decision.by} ${text.slice(decision.span.start, decision.span.end)}` : decision.by;
  return { evaluation, ask, open, decides };
}

function endOf({ workloads }: Evaluation, name: string) {
  const found = workloads.find((item) => item.name === name);
  const point = parseAddress(name)?.point ?? 0n;
  return found ?? ({ type: 'outside', ranges: [{ first: point, last: point }] } as const);
}

const policy = (spec: string, namespace = 'shop', name = 'policy') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;
const admin = (kind: string, spec: string) =>
  `apiVersion: policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}\nkind: ${kind}\nmetadata: { name: default }\nspec: ${spec}\n`;
const onDb = 'podSelector: { matchLabels: { app: db } }';

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
