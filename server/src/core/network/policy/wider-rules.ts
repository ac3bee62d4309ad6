/** Finds the rules that allow all that another one allows without asking each of thousands. */
import type { Requirement } from '../../labels';
import type { PolicyPeer, PolicyPort, PolicyRule } from '../../policy-facts';
import type { SelectorUse } from '../../resource';
import { allowsAll } from './containment';

/** The first of the indexed rules that allows all that a rule allows and that `accepts` takes; undefined where none does. */
export type WiderRule = (
  rule: PolicyRule,
  accepts: (item: PolicyRule, index: number) => boolean,
) => PolicyRule | undefined;

interface Indexed {
  readonly rule: PolicyRule;
  readonly index: number;
}

/**
 * Rules lie under keys of their peers and ports. A rule that allows all of another lies under one of the keys that the
 * first peer and the first port of the other ask for (`allowsAll`).
 */
export function indexRules(rules: readonly PolicyRule[]): WiderRule {
  const all = rules.map((rule, index): Indexed => ({ rule, index }));
  const byKey = new Map<string, Indexed[]>();
  const sizes = new Set<number>();
  for (const item of all) {
    const { peers, ports } = item.rule;
    const keys = product(peers?.map((peer) => peerKey(peer, sizes)) ?? [ALL], ports?.map(portKey) ?? [ALL]);
    for (const key of new Set(keys)) {
      const found = byKey.get(key);
      if (found) found.push(item);
      else byKey.set(key, [item]);
    }
  }
  return (rule, accepts) => {
    const [peer] = rule.peers ?? [];
    const isEmpty = peer?.type === 'block' && peer.ranges.length === 0;
    const lists = isEmpty
      ? [all]
      : product(peerQuestions(peer, sizes), portQuestions(rule.ports?.[0])).map((key) => byKey.get(key) ?? []);
    const found = lists.flatMap(
      (list) => list.find((item) => allowsAll(item.rule, rule) && accepts(item.rule, item.index)) ?? [],
    );
    return found.sort((a, b) => a.index - b.index)[0]?.rule;
  };
}

/** The key of what is not limited. */
const ALL = '';

const product = (peers: readonly string[], ports: readonly string[]): string[] =>
  peers.flatMap((peer) => ports.map((port) => `${peer} ${port}`));

/** A block lies under the smallest CIDR around it; the sizes of those are collected, in bits. */
function peerKey(peer: PolicyPeer, sizes: Set<number>): string {
  if (peer.type === 'pods')
    return `${selectorKey(peer.pods)}&${peer.namespaces === 'own' ? ALL : selectorKey(peer.namespaces)}`;
  const [first, last] = peer.type === 'block' ? [peer.ranges[0]?.first, peer.ranges.at(-1)?.last] : [];
  if (first === undefined || last === undefined) return 'none';
  const size = first === last ? 0 : (first ^ last).toString(2).length;
  sizes.add(size);
  return `${size}:${first >> BigInt(size)}`;
}

function peerQuestions(peer: PolicyPeer | undefined, sizes: ReadonlySet<number>): string[] {
  if (peer?.type === 'pods')
    return [
      ALL,
      ...selectorQuestions(peer.pods).flatMap((pods) =>
        (peer.namespaces === 'own' ? [ALL] : selectorQuestions(peer.namespaces)).map((spaces) => `${pods}&${spaces}`),
      ),
    ];
  const point = peer?.type === 'block' ? peer.ranges[0]?.first : undefined;
  return [ALL, ...(point === undefined ? [] : [...sizes].map((size) => `${size}:${point >> BigInt(size)}`))];
}

/** The last label of a selector is the one that tells most: what they have in common comes first by custom. */
function selectorKey(use: SelectorUse | undefined): string {
  const last = requirementsOf(use).at(-1);
  return last ? (requirementKeys(last).at(-1) ?? last.key) : ALL;
}

function selectorQuestions(use: SelectorUse | undefined): string[] {
  return [ALL, ...requirementsOf(use).flatMap(requirementKeys)];
}

function requirementsOf(use: SelectorUse | undefined): readonly Requirement[] {
  return use && use.selector !== 'nothing' ? use.selector.requirements : [];
}

/** The key alone, and with the value where there is only one. */
function requirementKeys({ key, operator, values }: Requirement): string[] {
  const [value] = values;
  return operator === 'In' && values.length === 1 && value !== undefined ? [key, `${key}=${value}`] : [key];
}

const RANGE = '-';

function portKey({ numbers, name }: PolicyPort): string {
  if (!numbers) return `name ${name ?? ''}`;
  return numbers.first === numbers.last ? `${numbers.first}` : RANGE;
}

function portQuestions(port: PolicyPort | undefined): string[] {
  return port ? [...new Set([ALL, RANGE, portKey(port)])] : [ALL];
}
