/** Random worlds, the same for a seed, in which most forms of the API meet. */
import type { Random } from '../edits/random';
import { random } from '../edits/random';
import type {
  ClusterPeer,
  ClusterPolicy,
  ClusterPort,
  ClusterRule,
  Expression,
  Labels,
  LabelSelector,
  Namespace,
  NetworkPolicy,
  Node,
  Peer,
  Pod,
  Policy,
  Port,
  Rule,
  World,
} from './objects';

export const protocolNames = ['TCP', 'UDP', 'SCTP'] as const;
export const portNumbers = [80, 81, 443];
const names = ['web', 'dns'];
const keys = ['app', 'tier'];
/** The ones that selectors ask for; labels have another one beside them. */
const values = ['a', 'b', ''];
const cidrs = ['0.0.0.0/0', '10.0.0.0/8', '10.0.0.3/30', '10.0.0.4/31', '192.0.2.0/24'];
const v6cidrs = ['::/0', 'fd00::/8', 'fd00::6/126', '2001:db8::/32'];
const exceptions: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/0': ['10.0.0.0/8'],
  '10.0.0.0/8': ['10.0.0.2/31', '10.0.0.200/32'],
  '::/0': ['fd00::2/127'],
  'fd00::/8': ['fd00::/16'],
};

export function worldOf(seed: number): World {
  const dice = random(seed);
  const some = <T>(most: number, of: (index: number) => T) =>
    Array.from({ length: dice.below(most + 1) }, (_, index) => of(index));
  const namespaces = ['x', 'y', 'z'].slice(0, 1 + dice.below(3)).map((name) => namespace(dice, name));
  const nodes = ['first', 'second'].map((name): Node => ({ name, labels: labels(dice) }));
  const pods = Array.from({ length: 2 + dice.below(3) }, (_, index) => pod(dice, index, dice.of(namespaces), nodes));
  const isOld = dice.below(2) === 0;
  const policies: Policy[] = [
    ...some(3, (index) => networkPolicy(dice, `policy-${index}`, dice.of(namespaces).name)),
    ...some(3, (index) => clusterPolicy(dice, `admin-${index}`, 'Admin', 9 - index, dice.below(2) === 0)),
    ...some(isOld ? 1 : 2, (index) =>
      clusterPolicy(dice, isOld ? 'default' : `baseline-${index}`, 'Baseline', 9 - index, isOld),
    ),
  ];
  return { namespaces, nodes, pods, policies };
}

function namespace(dice: Random, name: string): Namespace {
  return { kind: 'Namespace', name, labels: labels(dice) };
}

function labels(dice: Random): Labels {
  return Object.fromEntries(keys.filter(() => dice.below(3) > 0).map((key) => [key, dice.of([...values, 'c'])]));
}

function pod(dice: Random, index: number, { name: namespace }: Namespace, nodes: readonly Node[]): Pod {
  const kind = dice.below(5) === 0 ? 'Deployment' : 'Pod';
  const ip = dice.of([`10.0.0.${index + 1}`, `10.0.0.${index + 1}`, `fd00::${index + 1}`, '']);
  return {
    kind,
    namespace,
    name: `pod-${index}`,
    labels: labels(dice),
    ports: ports(dice),
    initPorts: dice.below(3) === 0 ? ports(dice) : [],
    hostNetwork: dice.below(8) === 0,
    node: dice.below(3) === 0 ? undefined : dice.of(nodes),
    ip: kind === 'Pod' && ip !== '' ? ip : undefined,
  };
}

function ports(dice: Random): Port[] {
  return names
    .filter(() => dice.below(2) === 0)
    .map((name) => ({ name, protocol: dice.of(protocolNames), containerPort: dice.of(portNumbers) }));
}

/** Up to two pairs and two expressions, which all must hold. */
function selector(dice: Random): LabelSelector {
  switch (dice.below(6)) {
    case 0:
      return {};
    case 1:
    case 2:
      return { matchLabels: { [dice.of(keys)]: dice.of(values) } };
    case 3:
      return {
        matchLabels: { [dice.of(keys)]: dice.of(values), [dice.of(keys)]: dice.of(values) },
        matchExpressions: [expression(dice)],
      };
    case 4:
      return { matchExpressions: [expression(dice), expression(dice)] };
    default:
      return { matchExpressions: [expression(dice)] };
  }
}

function expression(dice: Random): Expression {
  const operator = dice.of(['In', 'NotIn', 'Exists', 'DoesNotExist'] as const);
  const key = dice.of(keys);
  if (operator === 'Exists' || operator === 'DoesNotExist') return { key, operator };
  const first = dice.below(values.length);
  return { key, operator, values: values.slice(first, first + 1 + dice.below(2)) };
}

/** Sometimes by the name of the namespace, which every namespace has for a label. */
function namespaceSelector(dice: Random): LabelSelector {
  if (dice.below(5) > 0) return selector(dice);
  const key = 'kubernetes.io/metadata.name';
  return dice.below(2) === 0
    ? { matchLabels: { [key]: dice.of(['x', 'y']) } }
    : { matchExpressions: [{ key, operator: dice.of(['In', 'NotIn'] as const), values: ['x', 'z'] }] };
}

/** A rule of a NetworkPolicy, with any peers and ports or without. */
export function rule(dice: Random): Rule {
  return {
    peers: Array.from({ length: dice.below(3) }, () => peer(dice)),
    ports: Array.from({ length: dice.below(3) }, () => {
      const protocol = dice.below(2) === 0 ? {} : { protocol: dice.of(protocolNames) };
      const form = dice.below(4);
      if (form === 0) return protocol;
      if (form === 1) return { ...protocol, port: dice.of(names) };
      return form === 2 ? { ...protocol, port: dice.of(portNumbers) } : { ...protocol, port: 80, endPort: 81 };
    }),
  };
}

function peer(dice: Random): Peer {
  switch (dice.below(4)) {
    case 0:
      return { podSelector: selector(dice) };
    case 1:
      return { namespaceSelector: namespaceSelector(dice) };
    case 2:
      return { podSelector: selector(dice), namespaceSelector: namespaceSelector(dice) };
    default: {
      const cidr = dice.of(dice.below(3) === 0 ? v6cidrs : cidrs);
      const except = dice.below(2) === 0 ? exceptions[cidr] : undefined;
      return { ipBlock: { cidr, ...(except ? { except } : {}) } };
    }
  }
}

function networkPolicy(dice: Random, name: string, namespace: string): NetworkPolicy {
  const rules = () => (dice.below(4) === 0 ? undefined : Array.from({ length: dice.below(3) }, () => rule(dice)));
  const types = dice.of<readonly string[]>([[], ['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
  return {
    kind: 'NetworkPolicy',
    namespace,
    name,
    podSelector: dice.below(6) === 0 ? undefined : selector(dice),
    policyTypes: types.length > 0 ? types : undefined,
    ingress: rules(),
    egress: rules(),
  };
}

function clusterPolicy(
  dice: Random,
  name: string,
  tier: ClusterPolicy['tier'],
  priority: number,
  isOld: boolean,
): ClusterPolicy {
  const api = isOld ? 'v1alpha1' : 'v1alpha2';
  // The older API has no way past its baseline.
  const actions = isOld && tier === 'Baseline' ? (['Allow', 'Deny'] as const) : (['Allow', 'Deny', 'Pass'] as const);
  const rules = (egress: boolean) =>
    Array.from({ length: dice.below(3) }, (): ClusterRule => {
      const action = dice.of(actions);
      const canName = egress && !isOld && action === 'Allow';
      return {
        action,
        peers: Array.from({ length: 1 + dice.below(2) }, () => clusterPeer(dice, egress, canName)),
        ports: Array.from({ length: dice.below(3) }, () => clusterPort(dice, isOld)),
      };
    });
  return {
    kind: 'ClusterPolicy',
    api,
    tier,
    name,
    priority,
    subject: clusterPeer(dice, false, false),
    ingress: rules(false),
    egress: rules(true),
  };
}

function clusterPort(dice: Random, isOld: boolean): ClusterPort {
  const protocol = dice.of(protocolNames);
  switch (dice.below(isOld ? 3 : 4)) {
    case 0:
      return { name: dice.of(names) };
    case 1:
      return { protocol, first: dice.of(portNumbers) };
    case 2:
      return { protocol, first: 80, last: 81 };
    default:
      return { protocol };
  }
}

/** Networks, nodes and names are peers of egress only. */
function clusterPeer(dice: Random, egress: boolean, canName: boolean): ClusterPeer {
  if (egress)
    switch (dice.below(6)) {
      case 0:
      case 1:
        return { networks: [dice.of(cidrs), ...(dice.below(3) === 0 ? [dice.of(v6cidrs)] : [])] };
      case 2:
        return { nodes: selector(dice) };
      case 3:
        if (canName) return { domainNames: ['example.com'] };
    }
  // Many mean everybody, so that policies meet.
  const namespaces = dice.below(2) === 0 ? {} : namespaceSelector(dice);
  return dice.below(2) === 0 ? { namespaces } : { namespaces, pods: selector(dice) };
}
