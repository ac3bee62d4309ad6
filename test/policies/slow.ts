/** Who may talk to whom, evaluated as the API documents it: one question at a time, with nothing shared and nothing looked up. */
import type {
  ClusterPeer,
  ClusterPolicy,
  ClusterPort,
  LabelSelector,
  Labels,
  NetworkPolicy,
  Peer,
  Pod,
  Rule,
  World,
} from './objects';

/** A pod, or an address of nobody here. */
export type SlowEnd = Pod | string;
type Way = 'ingress' | 'egress';

export function reaches(world: World, from: SlowEnd, to: SlowEnd, protocol: string, port: number): boolean {
  if (from === to && typeof from !== 'string' && from.kind === 'Pod') return true;
  return (
    passes(world, 'egress', from, to, to, protocol, port) && passes(world, 'ingress', to, from, to, protocol, port)
  );
}

function passes(
  world: World,
  way: Way,
  own: SlowEnd,
  other: SlowEnd,
  to: SlowEnd,
  protocol: string,
  port: number,
): boolean {
  if (typeof own === 'string' || own.hostNetwork) return true;
  const cluster = world.policies.filter((policy): policy is ClusterPolicy => policy.kind === 'ClusterPolicy');
  const first = (tier: ClusterPolicy['tier']) => {
    for (const policy of cluster.filter((item) => item.tier === tier).sort((a, b) => a.priority - b.priority)) {
      if (!isClusterPeer(world, policy.subject, own)) continue;
      for (const rule of policy[way])
        if (
          rule.peers.some((peer) => isClusterPeer(world, peer, other)) &&
          isClusterPort(rule.ports, to, protocol, port)
        )
          return rule.action;
    }
    return undefined;
  };
  const admin = first('Admin');
  if (admin === 'Allow') return true;
  if (admin === 'Deny') return false;
  const policies = world.policies.filter(
    (policy): policy is NetworkPolicy =>
      policy.kind === 'NetworkPolicy' &&
      policy.namespace === own.namespace &&
      selects(policy.podSelector ?? {}, own.labels) &&
      isolates(policy, way),
  );
  if (policies.length > 0)
    return policies.some((policy) =>
      (policy[way] ?? []).some(
        ({ peers, ports }) =>
          (peers.length === 0 || peers.some((peer) => isPeer(world, policy.namespace, peer, other))) &&
          isPort(ports, to, protocol, port),
      ),
    );
  return first('Baseline') !== 'Deny';
}

/** As policyTypes says, else ingress always and egress with rules. */
export function isolates({ policyTypes, egress }: NetworkPolicy, way: Way): boolean {
  if (policyTypes) return policyTypes.includes(way === 'ingress' ? 'Ingress' : 'Egress');
  return way === 'ingress' || (egress !== undefined && egress.length > 0);
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'In' ? isIn : !isIn;
    })
  );
}

function labelsOf(world: World, namespace: string): Labels {
  const found = world.namespaces.find(({ name }) => name === namespace);
  return { ...found?.labels, 'kubernetes.io/metadata.name': namespace };
}

function isPeer(world: World, home: string, { podSelector, namespaceSelector, ipBlock }: Peer, end: SlowEnd): boolean {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock;
    const mayBeExcepted = except.length > 0 && typeof end !== 'string' && end.ip === undefined;
    return inside(cidr, end) && !mayBeExcepted && !except.some((block) => inside(block, end));
  }
  if (typeof end === 'string' || end.hostNetwork) return false;
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, labelsOf(world, end.namespace))
    : end.namespace === home;
  return inNamespace && (podSelector === undefined || selects(podSelector, end.labels));
}

function isClusterPeer(world: World, { namespaces, pods, networks, nodes }: ClusterPeer, end: SlowEnd): boolean {
  if (networks) return networks.some((cidr) => inside(cidr, end));
  // Of a pod whose node is not known, it is known that it is on one.
  if (nodes) return typeof end !== 'string' && end.hostNetwork && (isEmpty(nodes) || isOn(end, nodes));
  // Names are of nobody here.
  if (typeof end === 'string' || end.hostNetwork || !namespaces) return false;
  return selects(namespaces, labelsOf(world, end.namespace)) && (pods === undefined || selects(pods, end.labels));
}

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector) => !matchLabels && !matchExpressions;

const isOn = ({ node }: Pod, nodes: LabelSelector) => node !== undefined && selects(nodes, node.labels);

/** Compares addresses bit by bit. A pod whose address is not known has one of IPv4. */
function inside(cidr: string, end: SlowEnd): boolean {
  const [base = '', length = ''] = cidr.split('/');
  const address = typeof end === 'string' ? end : end.ip;
  if (address === undefined) return cidr === '0.0.0.0/0';
  if (address.includes(':') !== base.includes(':')) return false;
  const count = Number(length);
  return bits(base).slice(0, count) === bits(address).slice(0, count);
}

const known = new Map<string, string>();

function bits(address: string): string {
  const found = known.get(address) ?? (address.includes(':') ? bitsOf6(address) : bitsOf4(address));
  known.set(address, found);
  return found;
}

function bitsOf4(address: string): string {
  const parts = address.split('.');
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
}

/** In every address here `::` stands for some zeros. */
function bitsOf6(address: string): string {
  const [before, after] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [first, last] = [before ?? [], after ?? []];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  const parts = [...first, ...zeros, ...last];
  return parts.map((part) => parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}

function isPort(ports: Rule['ports'], to: SlowEnd, protocol: string, port: number): boolean {
  return (
    ports.length === 0 ||
    ports.some((item) => {
      if ((item.protocol ?? 'TCP') !== protocol) return false;
      if (item.port === undefined) return true;
      if (typeof item.port === 'string') return isNamed(item.port, to, protocol, port);
      return item.port <= port && port <= (item.endPort ?? item.port);
    })
  );
}

function isClusterPort(ports: readonly ClusterPort[], to: SlowEnd, protocol: string, port: number): boolean {
  return (
    ports.length === 0 ||
    ports.some((item) => {
      if (item.name !== undefined) return isNamed(item.name, to, protocol, port);
      if (item.protocol !== protocol || item.first === undefined) return item.protocol === protocol;
      return item.first <= port && port <= (item.last ?? item.first);
    })
  );
}

function isNamed(name: string, to: SlowEnd, protocol: string, port: number): boolean {
  return (
    typeof to !== 'string' &&
    to.ports.some((item) => item.name === name && item.protocol === protocol && item.containerPort === port)
  );
}
