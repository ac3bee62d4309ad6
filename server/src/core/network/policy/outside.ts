/** What the policies of a profile say of addresses outside of the cluster: one sweep over all their blocks. */
import type { PolicyRule } from '../../policy-facts';
import type { Range, Ranges } from '../../ranges';
import { rangesOf } from '../../ranges';
import type { Applied } from './decide';
import { allowedPorts, decide } from './decide';
import type { PortNames } from './ends';
import { noPortNames } from './ends';
import type { PortSet } from './port-set';
import { isEmpty, portsKey } from './port-set';
import type { Profile } from './profiles';

/** Addresses outside that share an answer. */
export interface OutsidePiece {
  readonly ranges: Ranges;
  readonly ports: PortSet;
}

/** A rule with its place among all rules of the profile. */
interface PlacedRule {
  readonly of: number;
  readonly rule: PolicyRule;
}

/**
 * A profile's word on addresses outside: the address space cut at its blocks, and joined where the answer is equal. An
 * answer depends on the rules that mean an address, so that addresses that the same rules mean are asked once.
 */
export function outsideOf({ applied, direction }: Profile, names: PortNames, families: Ranges): OutsidePiece[] {
  const rules = applied.flatMap(({ direction: { rules: all } }, of) => all.map((rule): PlacedRule => ({ of, rule })));
  const asked = new Map<string, { readonly key: string; readonly ports: PortSet }>();
  const answers = new Map<string, { readonly ports: PortSet; readonly ranges: Range[] }>();
  for (const { range, meant } of sweep(rules, families)) {
    const signature = [...meant].sort((a, b) => a - b).join();
    let answer = asked.get(signature);
    if (!answer) {
      const pieces = decide(
        onlyRules(applied, rules, meant),
        { type: 'outside', ranges: [range] },
        direction === 'ingress' ? names : noPortNames,
      );
      const ports = allowedPorts(pieces);
      answer = { ports, key: portsKey(ports) };
      asked.set(signature, answer);
    }
    const { key, ports } = answer;
    if (isEmpty(ports)) continue;
    const known = answers.get(key) ?? { ports, ranges: [] };
    known.ranges.push(range);
    answers.set(key, known);
  }
  return [...answers.values()].map(({ ports, ranges }) => ({ ports, ranges: rangesOf(ranges) }));
}

/** The policies with these rules alone, and with those that are about no addresses. */
function onlyRules(applied: readonly Applied[], rules: readonly PlacedRule[], meant: Iterable<number>): Applied[] {
  const kept = applied.map((): PolicyRule[] => []);
  for (const at of [...meant].sort((a, b) => a - b)) {
    const found = rules[at];
    if (found) kept[found.of]?.push(found.rule);
  }
  return applied.map((item, at) => ({ ...item, direction: { ...item.direction, rules: kept[at] ?? [] } }));
}

/** Goes through the families from block to block, with the rules that mean the addresses between two ends of blocks. */
function* sweep(rules: readonly PlacedRule[], families: Ranges) {
  const changes = new Map<bigint, { readonly at: number; readonly by: 1 | -1 }[]>();
  const always: number[] = [];
  const change = (point: bigint, at: number, by: 1 | -1) => {
    const known = changes.get(point);
    if (known) known.push({ at, by });
    else changes.set(point, [{ at, by }]);
  };
  for (const [at, { rule }] of rules.entries()) {
    if (!rule.peers || rule.peers.some((peer) => peer.type === 'unknown' && peer.failsClosed)) {
      always.push(at);
      continue;
    }
    for (const peer of rule.peers)
      if (peer.type === 'block')
        for (const { first, last } of peer.ranges) {
          change(first, at, 1);
          change(last + 1n, at, -1);
        }
  }
  const points = [...changes.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const counts = new Map<number, number>();
  const meant = new Set(always);
  const pass = (point: bigint) => {
    for (const { at, by } of changes.get(point) ?? []) {
      const count = (counts.get(at) ?? 0) + by;
      counts.set(at, count);
      if (count > 0) meant.add(at);
      else meant.delete(at);
    }
  };
  let next = 0;
  for (const { first, last } of [...families].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    let start = first;
    for (; next < points.length; next++) {
      const point = points[next];
      if (point === undefined || point > last) break;
      if (point > start) {
        yield { range: { first: start, last: point - 1n }, meant };
        start = point;
      }
      pass(point);
    }
    yield { range: { first: start, last }, meant };
  }
}
