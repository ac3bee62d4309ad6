/** What policies can tell apart: pods that differ in nothing that any of them asks for are one to all of them. */
import type { Selector } from '../../labels';
import type { PolicyPeer } from '../../policy-facts';
import type { SelectorUse } from '../../resource';
import type { PodEnd } from './ends';
import type { PlacedPolicy } from './world';
import { portNamesKey } from './world';

/** Label keys that selectors ask for, and for each the values they name. */
export type Asked = ReadonlyMap<string, ReadonlySet<string>>;

export interface Relevance {
  readonly podLabels: Asked;
  /** A text that is equal for pods that no policy tells apart. */
  readonly signature: (end: PodEnd) => string;
  /** The labels that count, as `key=value`; a value that nobody names is a star. */
  readonly shown: (end: PodEnd) => readonly string[];
}

export function relevanceOf(policies: readonly PlacedPolicy[]): Relevance {
  const podLabels = new Map<string, Set<string>>();
  const namespaceLabels = new Map<string, Set<string>>();
  const names = new Set<string>();
  const cuts = new Set<bigint>();
  const homes = new Set<string>();
  const ask = (asked: Map<string, Set<string>>, use: SelectorUse | undefined) => {
    if (use) for (const { key, values } of requirements(use.selector)) add(asked, key, values);
  };
  const take = (peer: PolicyPeer) => {
    if (peer.type === 'block') for (const { first, last } of peer.ranges) cuts.add(first).add(last + 1n);
    if (peer.type !== 'pods') return;
    ask(podLabels, peer.pods);
    if (peer.namespaces !== 'own') ask(namespaceLabels, peer.namespaces);
  };
  for (const { facts, namespace } of policies) {
    if (namespace !== undefined) homes.add(namespace);
    if (facts.subject) take(facts.subject);
    for (const { peers, ports } of [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])]) {
      peers?.forEach(take);
      for (const { name } of ports ?? []) if (name !== undefined) names.add(name);
    }
  }

  const shown = (end: PodEnd) => [
    ...project(podLabels, end.labels),
    ...end.openLabels.flatMap(({ key, stem = '*', numbered }) =>
      podLabels.has(key) && !end.labels.has(key) ? [`${key}=${stem}${numbered ? '*' : ''}`] : [],
    ),
  ];
  const sortedCuts = [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  /** Where the addresses lie among the ends of all blocks. */
  const cells = ({ addresses }: PodEnd) =>
    addresses
      ? addresses.map(({ first, last }) => `${cellOf(sortedCuts, first)}-${cellOf(sortedCuts, last)}`).join()
      : '?';
  return {
    podLabels,
    shown,
    signature(end) {
      const { namespace, hostNetwork } = end;
      const home = namespace.name !== undefined && homes.has(namespace.name) ? namespace.name : '';
      const ports = names.size > 0 ? portNamesKey(end.ports, names) : '';
      const place = cuts.size > 0 ? cells(end) : '';
      if (hostNetwork) return JSON.stringify(['host', place, ports, end.node && [...end.node]]);
      return JSON.stringify([home, project(namespaceLabels, namespace.labels), shown(end), ports, place]);
    },
  };
}

function requirements(selector: Selector) {
  return selector === 'nothing' ? [] : selector.requirements;
}

function add(asked: Map<string, Set<string>>, key: string, values: readonly string[]): void {
  const known = asked.get(key) ?? new Set<string>();
  for (const value of values) known.add(value);
  asked.set(key, known);
}

function project(asked: Asked, labels: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [key, value] of labels) {
    const values = asked.get(key);
    if (values) found.push(values.has(value) ? `${key}=${value}` : `${key}=*`);
  }
  return found.sort();
}

/** How many cuts are not beyond a point. */
function cellOf(cuts: readonly bigint[], point: bigint): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const cut = cuts[middle];
    if (cut !== undefined && cut <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}
