/** Who may talk to whom, workload by workload, as edges: what is called, and whom policies name. */
import { connectionWords } from './blocked-words';
import type { Links } from '../links';
import { callsOf } from '../network/calls';
import { servingContainers } from '../network/endpoints';
import { policiesAbout } from '../network/policy/about';
import { destinationsOf, podsOf } from '../network/policy/call-verdicts';
import { podsOfPeer } from '../network/policy/peer-pods';
import { verdictBetween } from '../network/policy/verdicts';
import type { Direction } from '../policy-facts';
import { directions } from '../policy-facts';
import type { Protocol } from '../ports';
import type { Resource } from '../resource';
import type { TopologyEdge, TopologyNode } from '../topology';
import type { Snapshot } from '../workspace';

/** A peer that means more workloads than this means nobody in particular: it has no edges. */
const MAX_PEERS = 12;

interface Port {
  readonly protocol: Protocol;
  readonly number: number;
}

/**
 * Edges of type `allows` between the workloads of a topology. Two workloads have some where one is told to call the other,
 * or a policy of either names the other by its labels: `ok` for the ports that are let through, `blocked` for those that are
 * called and are not. Each says by whom.
 */
export function trafficEdges(snapshot: Snapshot, nodes: readonly TopologyNode[]): TopologyEdge[] {
  const { links } = snapshot;
  const ids = new Map(nodes.flatMap(({ resource, id }) => (resource?.pods ? [[resource, id] as const] : [])));
  const pairs = new Map<Resource, Map<Resource, Map<string, Port>>>();
  const called = new Set<string>();

  /** Notes the ports of `to` that `from` may want. */
  function add(from: Resource, to: Resource, ports: readonly Port[]): void {
    if (from === to || !ids.has(from) || !ids.has(to)) return;
    const others = pairs.get(from) ?? new Map<Resource, Map<string, Port>>();
    pairs.set(from, others);
    const known = others.get(to) ?? new Map<string, Port>();
    others.set(to, known);
    for (const port of ports) known.set(portText(port), port);
  }

  for (const workload of ids.keys()) {
    const { clusterDomain } = snapshot.settingsOf(workload.uri);
    for (const call of callsOf(workload, links, clusterDomain))
      for (const { workload: to, protocol, port } of podsOf(destinationsOf(links, call))) {
        add(workload, to, [{ protocol, number: port }]);
        called.add(`${ids.get(workload)}\n${ids.get(to)}\n${port}/${protocol}`);
      }
    for (const other of named(links, workload, 'ingress')) add(other, workload, declaredPorts(workload));
    for (const other of named(links, workload, 'egress')) add(workload, other, declaredPorts(other));
  }

  const edges: TopologyEdge[] = [];
  for (const [source, others] of pairs)
    for (const [destination, ports] of others) {
      const [from, to] = [ids.get(source) ?? '', ids.get(destination) ?? ''];
      for (const port of ports.values()) {
        const label = portText(port);
        const verdict = verdictBetween(links, source, destination, port.protocol, port.number);
        if (verdict.allowed === false && !called.has(`${from}\n${to}\n${label}`)) continue;
        const state = verdict.allowed === false ? 'blocked' : 'ok';
        edges.push({ from, to, type: 'allows', label, state, message: connectionWords(verdict) });
      }
    }
  return edges;
}

/** The workloads that policies about a workload name in their rules for a direction. */
function named(links: Links, workload: Resource, direction: Direction): Resource[] {
  return policiesAbout(links, workload).flatMap(({ placed: { policy, facts } }) =>
    (facts[direction]?.rules ?? []).flatMap(({ peers = [] }) =>
      peers.flatMap((peer) => {
        const pods = peer.type === 'pods' ? podsOfPeer(links, policy, peer) : [];
        return pods.length > MAX_PEERS ? [] : pods;
      }),
    ),
  );
}

function declaredPorts({ pods }: Resource): Port[] {
  return (pods ? servingContainers(pods) : []).flatMap(({ ports }) =>
    ports.flatMap(({ number, protocol }) =>
      typeof number?.value === 'number' ? [{ protocol, number: number.value }] : [],
    ),
  );
}

/** `8080/TCP`. */
function portText({ number, protocol }: Port): string {
  return `${number}/${protocol}`;
}

/** How far policies close a workload in one direction. */
export type Openness = 'open' | 'limited' | 'closed';

/** How far NetworkPolicies close a workload in both directions; undefined where no policy is about it. */
export function opennessOf(links: Links, workload: Resource): Readonly<Record<Direction, Openness>> | undefined {
  const about = policiesAbout(links, workload);
  if (about.length === 0 || workload.pods?.hostNetwork) return undefined;
  const [ingress, egress] = directions.map((direction): Openness => {
    const rules = about.flatMap(({ placed: { facts } }) =>
      facts.tier === 'NetworkPolicy' && facts[direction] ? [facts[direction].rules] : [],
    );
    if (rules.length === 0) return 'open';
    const all = rules.flat();
    if (all.length === 0) return 'closed';
    return all.some(({ peers, ports }) => !peers && !ports) ? 'open' : 'limited';
  });
  return { ingress: ingress ?? 'open', egress: egress ?? 'open' };
}
