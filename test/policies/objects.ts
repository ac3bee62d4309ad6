/** Small worlds of namespaces, pods and policies as plain objects of the API, random but the same for a seed. */
import { random } from '../edits/random';
import type { Random } from '../edits/random';

export type Labels = Readonly<Record<string, string>>;

export interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Expression[];
}

export interface Namespace {
  readonly kind: 'Namespace';
  readonly name: string;
  readonly labels: Labels;
}

export interface Port {
  readonly name: string;
  readonly protocol: string;
  readonly containerPort: number;
}

export interface Pod {
  readonly kind: 'Pod';
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly Port[];
  readonly hostNetwork: boolean;
  readonly ip: string;
}

export interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }[];
}

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly string[] | undefined;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

/** Of peers, `namespaces` alone or both `namespaces` and `pods`; or networks. */
export interface ClusterPeer {
  readonly namespaces?: LabelSelector;
  readonly pods?: LabelSelector;
  readonly networks?: readonly string[];
}

export interface ClusterRule {
  readonly action: 'Allow' | 'Deny' | 'Pass';
  readonly peers: readonly ClusterPeer[];
  readonly ports: readonly {
    readonly protocol?: string;
    readonly first?: number;
    readonly last?: number;
    readonly name?: string;
  }[];
}

export interface ClusterPolicy {
  readonly kind: 'ClusterPolicy';
  readonly api: 'v1alpha1' | 'v1alpha2';
  readonly tier: 'Admin' | 'Baseline';
  readonly name: string;
  readonly priority: number;
  readonly subject: ClusterPeer;
  readonly ingress: readonly ClusterRule[];
  readonly egress: readonly ClusterRule[];
}

export type Policy = NetworkPolicy | ClusterPolicy;

export interface World {
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly Pod[];
  readonly policies: readonly Policy[];
}

export const protocolNames = ['TCP', 'UDP', 'SCTP'] as const;
export const portNumbers = [80, 81, 443];
const names = ['web', 'dns'];
const keys = ['app', 'tier'];
const values = ['a', 'b'];
const cidrs = ['0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/30', '10.0.0.4/31', '192.0.2.0/24'];

export function worldOf(seed: number): World {
  const dice = random(seed);
  const some = <T>(most: number, of: (index: number) => T) =>
    Array.from({ length: dice.below(most + 1) }, (_, index) => of(index));
  const namespaces = ['x', 'y', 'z'].slice(0, 1 + dice.below(3)).map((name) => namespace(dice, name));
  const pods = Array.from({ length: 2 + dice.below(3) }, (_, index) => pod(dice, index, dice.of(namespaces).name));
  const policies: Policy[] = [
    ...some(3, (index) => networkPolicy(dice, `policy-${index}`, dice.of(namespaces).name)),
    ...some(2, (index) => clusterPolicy(dice, `admin-${index}`, 'Admin', 9 - index)),
    ...some(1, (index) => clusterPolicy(dice, 'default', 'Baseline', index)),
  ];
  return { namespaces, pods, policies };
}

function namespace(dice: Random, name: string): Namespace {
  return { kind: 'Namespace', name, labels: labels(dice) };
}

function labels(dice: Random): Labels {
  return Object.fromEntries(keys.filter(() => dice.below(3) > 0).map((key) => [key, dice.of([...values, 'c'])]));
}

function pod(dice: Random, index: number, namespace: string): Pod {
  const ports = names
    .filter(() => dice.below(2) === 0)
    .map((name) => ({ name, protocol: dice.of(protocolNames), containerPort: dice.of(portNumbers) }));
  const hostNetwork = dice.below(8) === 0;
  return {
    kind: 'Pod',
    namespace,
    name: `pod-${index}`,
    labels: labels(dice),
    ports,
    hostNetwork,
    ip: `10.0.0.${index + 1}`,
  };
}

export function selector(dice: Random): LabelSelector {
  const kind = dice.below(5);
  if (kind === 0) return {};
  if (kind < 3) return { matchLabels: { [dice.of(keys)]: dice.of(values) } };
  const operator = dice.of(['In', 'NotIn', 'Exists', 'DoesNotExist'] as const);
  const needsValues = operator === 'In' || operator === 'NotIn';
  return {
    matchExpressions: [
      { key: dice.of(keys), operator, ...(needsValues ? { values: values.slice(0, 1 + dice.below(2)) } : {}) },
    ],
  };
}

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
      return { namespaceSelector: selector(dice) };
    case 2:
      return { podSelector: selector(dice), namespaceSelector: selector(dice) };
    default: {
      const cidr = dice.of(cidrs);
      return { ipBlock: { cidr, ...(cidr === '10.0.0.0/8' ? { except: ['10.0.0.2/31'] } : {}) } };
    }
  }
}

function networkPolicy(dice: Random, name: string, namespace: string): NetworkPolicy {
  const rules = () => (dice.below(4) === 0 ? undefined : Array.from({ length: dice.below(3) }, () => rule(dice)));
  const types = dice.of<readonly string[]>([[], ['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
  const policyTypes = types.length > 0 ? types : undefined;
  return {
    kind: 'NetworkPolicy',
    namespace,
    name,
    podSelector: selector(dice),
    policyTypes,
    ingress: rules(),
    egress: rules(),
  };
}

function clusterPolicy(dice: Random, name: string, tier: ClusterPolicy['tier'], priority: number): ClusterPolicy {
  const rules = (egress: boolean) =>
    Array.from({ length: dice.below(3) }, (): ClusterRule => {
      const actions = tier === 'Admin' ? (['Allow', 'Deny', 'Pass'] as const) : (['Allow', 'Deny'] as const);
      return {
        action: dice.of(actions),
        peers: Array.from({ length: 1 + dice.below(2) }, () => clusterPeer(dice, egress)),
        ports: Array.from({ length: dice.below(3) }, () => {
          const protocol = dice.of(protocolNames);
          const form = dice.below(3);
          if (form === 0) return { name: dice.of(names) };
          return form === 1 ? { protocol, first: dice.of(portNumbers) } : { protocol, first: 80, last: 81 };
        }),
      };
    });
  const api = dice.of(['v1alpha1', 'v1alpha2'] as const);
  return {
    kind: 'ClusterPolicy',
    api,
    tier,
    name,
    priority,
    subject: clusterPeer(dice, false),
    ingress: rules(false),
    egress: rules(true),
  };
}

function clusterPeer(dice: Random, egress: boolean): ClusterPeer {
  if (egress && dice.below(3) === 0) return { networks: [dice.of(cidrs)] };
  return dice.below(2) === 0 ? { namespaces: selector(dice) } : { namespaces: selector(dice), pods: selector(dice) };
}
