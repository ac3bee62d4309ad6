/**
 * The facts of cluster-wide policies: AdminNetworkPolicy and BaselineAdminNetworkPolicy
 * (policy.networking.k8s.io/v1alpha1) and their successor ClusterNetworkPolicy (v1alpha2).
 */
import { parseCidr } from '../cidr';
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type {
  Direction,
  PodsPeer,
  PolicyAction,
  PolicyDirection,
  PolicyFacts,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
  PolicyTier,
} from '../policy-facts';
import { protocolOf, protocols } from '../ports';
import type { Protocol } from '../ports';
import type { SelectorUse } from '../resource';
import { items } from '../value';
import { policyActions } from './policy-actions';
import { allNumbers, isUnclear, numbersOf } from './read-policy';
import type { SelectorsByPath } from './read-policy';
import { readSelector } from './read-selectors';
import { isUnfinished } from './unfinished-policy';

/** Behind every priority that can be written: the API has one BaselineAdminNetworkPolicy, without any. */
const LAST_PRIORITY = 1001;

/** `tier` is that of the kind; undefined where the object names it. Undefined where it names none that exists. */
export function readClusterPolicy(
  tree: Field,
  tier: PolicyTier | undefined,
  selectors: readonly SelectorUse[],
): PolicyFacts | undefined {
  const byPath = new Map(selectors.map((use) => [use.path, use]));
  const spec = field(tree, 'spec');
  const own = tier ?? tiers.find((name) => name === textAt(field(spec, 'tier')));
  const priority = scalarAt(field(spec, 'priority'))?.value;
  return (
    own && {
      tier: own,
      priority: typeof priority === 'number' ? priority : LAST_PRIORITY,
      subject: podsPeer(field(spec, 'subject'), byPath),
      ingress: readDirection(field(spec, 'ingress'), 'ingress', 'from', byPath),
      egress: readDirection(field(spec, 'egress'), 'egress', 'to', byPath),
      unclear: isUnclear(spec),
      unfinished: isUnfinished(spec),
    }
  );
}

const tiers: readonly PolicyTier[] = ['Admin', 'Baseline'];

function readDirection(
  rules: Field,
  direction: Direction,
  peers: 'from' | 'to',
  selectors: SelectorsByPath,
): PolicyDirection | undefined {
  if (each(rules).length === 0) return undefined;
  return { rules: each(rules).flatMap((at) => readRule(at, direction, field(at, peers), selectors)), at: rules.at };
}

function readRule(at: Field, direction: Direction, peers: Field, selectors: SelectorsByPath): PolicyRule[] {
  const action = policyActions.get(textAt(field(at, 'action')) ?? '');
  const ports = [...each(field(at, 'ports')), ...each(field(at, 'protocols'))];
  if (!action) return [];
  return [
    {
      direction,
      action,
      name: scalarAt(field(at, 'name')),
      peers: each(peers).flatMap((peer) => readPeer(peer, action, selectors)),
      ports: ports.length > 0 ? ports.flatMap(readPort) : undefined,
      path: at.path,
      at: at.at,
    },
  ];
}

/** `namespaces`, or `pods` with both selectors (NamespacedPod), in a subject or a peer. */
function podsPeer(at: Field, selectors: SelectorsByPath): PodsPeer | undefined {
  const place = { type: 'pods' as const, path: at.path, at: at.at };
  const whole = selectors.get(field(at, 'namespaces').path);
  if (whole) return { ...place, namespaces: whole, pods: undefined };
  if (field(at, 'pods').value === undefined) return undefined;
  const namespaces = readSelector(field(at, 'pods', 'namespaceSelector'), namespaceSelector);
  return (
    namespaces && {
      ...place,
      namespaces: selectors.get(namespaces.path) ?? namespaces,
      pods: selectors.get(field(at, 'pods', 'podSelector').path),
    }
  );
}

function readPeer(at: Field, action: PolicyAction, selectors: SelectorsByPath): PolicyPeer[] {
  const pods = podsPeer(at, selectors);
  if (pods) return [pods];
  const place = { path: at.path, at: at.at };
  const nodes = readSelector(field(at, 'nodes'), nodeSelector);
  if (nodes) return [{ type: 'nodes', nodes, ...place }];
  const networks = each(field(at, 'networks'));
  if (networks.length > 0)
    return networks.flatMap((network): PolicyPeer[] => {
      const cidr = parseCidr(textAt(network) ?? '');
      return cidr ? [{ type: 'block', ranges: [cidr.range], path: network.path, at: network.at }] : [];
    });
  const named = items(field(at, 'domainNames').value).length > 0;
  return [{ type: 'unknown', failsClosed: !named && action !== 'Allow', ...place }];
}

/** Where one of the selectors of `pods` is absent, to programs it is the empty one, which selects all. */
const namespaceSelector = {
  role: 'allows',
  selects: 'namespaces',
  path: '',
  form: 'labelSelector',
  empty: 'everything',
  absent: 'everything',
} as const;

/** Nodes are chosen by their labels; links know no nodes, so that no table lists these selectors. */
const nodeSelector = {
  ...namespaceSelector,
  selects: 'nodes',
  absent: 'nothing',
} as const;

/** The forms of both versions: `portNumber`, `portRange`, `namedPort`; `tcp`, `udp`, `sctp`, `destinationNamedPort`. */
function readPort(at: Field): PolicyPort[] {
  const place = { path: at.path, at: at.at };
  const name = scalarAt(field(at, 'namedPort')) ?? scalarAt(field(at, 'destinationNamedPort'));
  if (name) return [{ ...place, protocols, numbers: undefined, name: name.text, written: name }];
  const [written, protocol] = protocolField(at);
  if (!protocol) return [];
  const range = field(written, 'range').value === undefined ? written : field(written, 'range');
  const single = scalarAt(field(written, 'number')) ?? scalarAt(field(written, 'port'));
  const first = single ?? scalarAt(field(range, 'start'));
  const found = first ? numbersOf(first, single ?? scalarAt(field(range, 'end'))) : [allNumbers];
  return found.map((numbers) => ({ ...place, protocols: [protocol], numbers, name: undefined, written: first }));
}

/** The map that holds the numbers, and their protocol. */
function protocolField(at: Field): [Field, Protocol | undefined] {
  for (const protocol of protocols) {
    const own = field(at, protocol.toLowerCase());
    if (own.key) return [field(own, 'destinationPort'), protocol];
  }
  const written = field(at, 'portNumber').value === undefined ? field(at, 'portRange') : field(at, 'portNumber');
  return [written, written.value === undefined ? undefined : protocolOf(textAt(field(written, 'protocol')))];
}
