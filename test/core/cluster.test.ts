import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selectorProblem } from '../../server/src/core/cluster/calico-selector';
import { embedded, itemsOf } from '../../server/src/core/cluster/embedded';
import { divideNetwork } from '../../server/src/core/cluster/flannel-subnets';
import { foreignKind } from '../../server/src/core/cluster/foreign';
import { clusterNetwork, clusterNetworkOf, createWorkspace } from '../../server/src/core/index';
import type { ClusterNetwork } from '../../server/src/core/index';
import { get, scalar } from '../../server/src/core/value';
import { readDocument } from '../../server/src/core/yaml';

/** The text at which a value stands that is found in the document inside of `conf`. */
function placeOf(text: string, ...keys: readonly string[]): { readonly raw: string; readonly verbatim: boolean } {
  const { value } = readDocument('file:///a.yaml', text, { start: 0, end: text.length }, 'kubectl');
  const whole = scalar(value, 'conf');
  assert.ok(whole);
  const found = get(embedded(whole), ...keys);
  assert.ok(found);
  const { start, end, verbatim } = found.origin;
  return { raw: text.slice(start, end), verbatim };
}

describe('documents inside of scalars keep their places', () => {
  test('in a block', () => {
    const text = 'a: 1\nconf: |\n  {\n\n    "Network": "10.0.0.0/8",\n    "Backend": { "Type": "vxlan" }\n  }\n';
    assert.deepEqual(placeOf(text, 'Network'), { raw: '"10.0.0.0/8"', verbatim: true });
    assert.deepEqual(placeOf(text, 'Backend', 'Type'), { raw: '"vxlan"', verbatim: true });
  });
  test('in a block with an indentation of its own and Windows line ends', () => {
    const text = 'conf: |2-\r\n    x: 1\r\n    y: two\r\n';
    assert.deepEqual(placeOf(text, 'y'), { raw: 'two', verbatim: true });
  });
  test('in single quotes', () => {
    assert.deepEqual(placeOf(`conf: '{ "a": "b" }'`, 'a'), { raw: '"b"', verbatim: true });
  });
  test('in double quotes with escapes and a continued line', () => {
    const text = 'conf: "{\\n  \\"a\\": \\"b\\",\\n  \\"c\\"\\\n    : 5 }"\n';
    assert.deepEqual(placeOf(text, 'a'), { raw: '\\"b\\"', verbatim: false });
    assert.deepEqual(placeOf(text, 'c'), { raw: '5', verbatim: true });
  });
  test('in a folded block they have the place of the whole', () => {
    const text = 'conf: >\n  a:\n  b\n';
    const { value } = readDocument('file:///a.yaml', text, { start: 0, end: text.length }, 'kubectl');
    const whole = scalar(value, 'conf');
    assert.ok(whole);
    assert.deepEqual(get(embedded(whole), 'a')?.origin, { ...whole.origin, verbatim: false });
  });
});

test('items of a list with commas keep their places', () => {
  const text = 'conf: "10.0.0.0/8, fd00::/48"';
  const { value } = readDocument('file:///a.yaml', text, { start: 0, end: text.length }, 'kubectl');
  const whole = scalar(value, 'conf');
  assert.ok(whole);
  const items = itemsOf(whole, /[,\s]/);
  assert.deepEqual(
    items.map(({ text: item, origin }) => [item, text.slice(origin.start, origin.end)]),
    [
      ['10.0.0.0/8', '10.0.0.0/8'],
      ['fd00::/48', 'fd00::/48'],
    ],
  );
});

describe('selectors of Calico', () => {
  for (const good of [
    '',
    'all()',
    '!all()',
    'has(team)',
    '!has(a.b/c-d)',
    `region == "east" && zone != 'a'`,
    'region in {"east", "west"} || env not in { }',
    '(a contains "b") && (c starts with "d" || e ends with "f")',
    'global()',
    'in == "x"',
  ])
    test(`accepted: ${good}`, () => assert.equal(selectorProblem(good), undefined));
  for (const bad of [
    'region',
    'region = "east"',
    'all(nothing)',
    'has()',
    'a == b',
    'a in {"b"',
    '(all()',
    'all() all()',
    '&& all()',
  ])
    test(`refused: ${bad}`, () => assert.notEqual(selectorProblem(bad), undefined));
});

describe('files that are no Kubernetes objects are known by name and words', () => {
  const compose = 'services: {}\nnetworks:\n  a:\n    ipam:\n      config:\n        - subnet: 10.0.0.0/24\n';
  for (const [uri, text, kind] of [
    ['file:///docker-compose.yml', compose, 'compose'],
    ['file:///compose.prod.yaml', compose.replace('services: {}\n', ''), 'compose'],
    ['file:///stack.yaml', compose, 'compose'],
    ['file:///playbook.yml', compose.replace('services: {}\n', ''), undefined],
    ['file:///values.yaml', 'podCidr: 10.0.0.0/8\nflannel: {}\n', 'flannel-values'],
    ['file:///values.yaml', 'ipam:\n  operator:\n    clusterPoolIPv4PodCIDRList: [10.0.0.0/8]\n', 'cilium-values'],
    ['file:///values.yaml', 'installation:\n  calicoNetwork:\n    ipPools: []\n', 'tigera-values'],
    ['file:///etc/config.yaml', 'token: x\ncluster-cidr: 10.0.0.0/8\n', 'k3s'],
    ['file:///notes.yaml', 'text: "use cluster-cidr: here"\n', undefined],
    ['file:///etc/docker/daemon.json', '{ "bip": "172.26.0.1/16" }', 'daemon'],
    ['file:///package.json', '{ "bip": "172.26.0.1/16" }', undefined],
  ] as const)
    test(`${uri} with ${text.slice(0, 24).replaceAll('\n', ' ')}`, () => assert.equal(foreignKind(uri, text), kind));
});

test('flannel divides a network as it does where it hands out subnets itself', () => {
  const division = divideNetwork({ EnableIPv6: true, Network: '10.5.0.0/16', IPv6Network: 'fc00::/48' });
  assert.ok('subnets' in division);
  assert.deepEqual(
    division.subnets.map(({ prefix, first, last }) => [prefix, first.text, last.text]),
    [
      [24, '10.5.1.0', '10.5.255.0'],
      [64, 'fc00:0:0:1::', 'fc00:0:0:ffff::'],
    ],
  );
  assert.ok('problem' in divideNetwork({ Network: '10.5.0.0/16', SubnetLen: 28, SubnetMin: '10.5.0.8' }));
});

function networkIn(files: Readonly<Record<string, string>>): {
  readonly network: ClusterNetwork;
  readonly words: string[];
} {
  const workspace = createWorkspace((rule, uri, error) => assert.fail(`${rule} threw on ${uri}: ${String(error)}`));
  workspace.setRoots(['file:///w']);
  for (const [name, text] of Object.entries(files)) workspace.set(`file:///w/${name}`, text);
  const snapshot = workspace.snapshot();
  const [first] = Object.keys(files).flatMap((name) => snapshot.file(`file:///w/${name}`)?.resources ?? []);
  assert.ok(first);
  const network = clusterNetwork(snapshot.links, first);
  const words = (network.cni?.at ?? []).map(({ uri, start, end }) => snapshot.file(uri)?.text.slice(start, end) ?? '');
  return { network, words };
}

const kind = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
const flannel = (backend: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kube-flannel-cfg }\ndata:\n  net-conf.json: '{"Network":"10.244.0.0/16","Backend":{"Type":"${backend}"}}'\n`;
const calico = (env: string) =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: node }\nspec: { template: { spec: { containers: [{ name: calico-node, env: [${env}] }] } } }\n`;

describe('the network of pods', () => {
  const cases: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    Partial<NonNullable<ClusterNetwork['cni']>>,
  ])[] = [
    ['kind brings its own', { 'a.yaml': kind }, { name: 'kindnet', transport: 'host-gw', enforces: true }],
    [
      'flannel with host-gw',
      { 'a.yaml': flannel('host-gw') },
      { name: 'flannel', transport: 'host-gw', enforces: false },
    ],
    ['flannel with udp', { 'a.yaml': flannel('udp') }, { name: 'flannel', transport: 'udp' }],
    [
      'Canal, in two files',
      { 'a.yaml': flannel('vxlan'), 'b.yaml': calico('{ name: CALICO_NETWORKING_BACKEND, value: none }') },
      { name: 'canal', transport: 'vxlan', enforces: true },
    ],
    ['Calico without encapsulation', { 'a.yaml': calico('') }, { name: 'calico', transport: 'bgp' }],
    [
      'Calico with IP in IP between subnets',
      { 'a.yaml': calico('{ name: CALICO_IPV4POOL_IPIP, value: cross-subnet }') },
      { name: 'calico', transport: 'ipip', crossSubnet: true },
    ],
    [
      'Calico with WireGuard',
      {
        'a.yaml': `${calico('{ name: CALICO_IPV4POOL_VXLAN, value: Always }')}---\napiVersion: projectcalico.org/v3\nkind: FelixConfiguration\nmetadata: { name: default }\nspec: { wireguardEnabled: true }\n`,
      },
      { name: 'calico', transport: 'wireguard' },
    ],
    [
      'Cilium with native routing',
      {
        'a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cilium-config }\ndata: { routing-mode: native, ipam: kubernetes }\n',
      },
      { name: 'cilium', transport: 'native' },
    ],
    [
      'k3s',
      { 'config.yaml': 'service-cidr: 10.60.0.0/16\nflannel-backend: wireguard-native\n' },
      { name: 'flannel', transport: 'wireguard', enforces: true },
    ],
  ];
  for (const [title, files, expected] of cases)
    test(title, () => {
      const { cni } = networkIn(files).network;
      assert.ok(cni);
      assert.deepEqual({ ...cni, ...expected }, cni);
    });
  test('it points at the word that chooses the transport', () => {
    assert.deepEqual(networkIn({ 'a.yaml': flannel('host-gw') }).words, ['"host-gw"']);
  });
  test('its ranges come with their defaults, and the parts of nodes apart', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nspec: { podCIDR: 10.244.3.0/24 }\n';
    const { network } = networkIn({ 'a.yaml': `${kind}---\n${node}` });
    const texts = (ranges: ClusterNetwork['pods']) => ranges.map(({ range }) => `${range.text.text} ${range.implied}`);
    assert.deepEqual(texts(network.pods), ['10.244.0.0/16 true']);
    assert.deepEqual(texts(network.services), ['10.96.0.0/16 true']);
    assert.deepEqual(texts(network.nodes), ['10.244.3.0/24 false']);
  });
  test('nothing is known where nothing is said, and files that set up two clusters are kept apart', () => {
    const web = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';
    assert.equal(networkIn({ 'web.yaml': web }).network.cni, undefined);
    assert.equal(networkIn({ 'web.yaml': web, 'a.yaml': kind, 'b.yaml': kind }).network.plan, undefined);
    assert.equal(networkIn({ 'web.yaml': web, 'a.yaml': kind }).network.plan?.tool, 'kind');
    assert.deepEqual(clusterNetworkOf([]).objects, []);
  });
});
