/** How the connections of two worlds differ. */
import type { Range } from '../../ranges';
import type { Connection, Party } from './connections';
import type { PortSet } from './port-set';
import { noPorts, portsKey } from './port-set';
import { compare } from './world';

export interface Change {
  readonly change: 'added' | 'removed' | 'changed';
  readonly from: Party;
  readonly to: Party;
  /** The ports before and after; empty where there is no connection. */
  readonly before: PortSet;
  readonly after: PortSet;
}

interface Sides {
  from: Party;
  to: Party;
  before: PortSet;
  after: PortSet;
}

/** A workload's traffic with the outside, in one direction, before and after. */
interface OutsideSides {
  readonly of: Connection;
  readonly before: Connection[];
  readonly after: Connection[];
}

/** Sorted by the names of both ends. Ranges of addresses are cut where either side cuts them, and joined where both answers are equal. */
export function compareConnections(before: Iterable<Connection>, after: Iterable<Connection>): Change[] {
  const pairs = new Map<string, Sides>();
  const outside = new Map<string, OutsideSides>();
  const take = (connections: Iterable<Connection>, side: 'before' | 'after') => {
    for (const item of connections) {
      const { from, to } = item;
      if (from.type === 'range' || to.type === 'range') {
        const key = `${from.type === 'range' ? '' : partyKey(from)} > ${to.type === 'range' ? '' : partyKey(to)}`;
        const known = outside.get(key) ?? { of: item, before: [], after: [] };
        known[side].push(item);
        outside.set(key, known);
      } else {
        const key = `${partyKey(from)} > ${partyKey(to)}`;
        const known = pairs.get(key) ?? { from, to, before: noPorts, after: noPorts };
        known[side] = item.ports;
        pairs.set(key, known);
      }
    }
  };
  take(before, 'before');
  take(after, 'after');
  return [...[...pairs.values()].flatMap(judge), ...[...outside.values()].flatMap(judgeRanges)].sort(inOrder);
}

function judge({ from, to, before, after }: Sides): Change[] {
  const [old, now] = [portsKey(before), portsKey(after)];
  if (old === now) return [];
  const none = portsKey(noPorts);
  const change = old === none ? 'added' : now === none ? 'removed' : 'changed';
  return [{ change, from, to, before, after }];
}

function judgeRanges({ of, before, after }: OutsideSides): Change[] {
  const rangeOf = ({ from, to }: Connection): Range => {
    const side = from.type === 'range' ? from : to;
    if (side.type !== 'range') throw new Error('a connection with the outside has a range');
    return side.range;
  };
  const cuts = [...before, ...after].flatMap((item) => [rangeOf(item).first, rangeOf(item).last + 1n]);
  const starts = [...new Set(cuts)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const portsAt = (connections: readonly Connection[], point: bigint) =>
    connections.find((item) => rangeOf(item).first <= point && point <= rangeOf(item).last)?.ports ?? noPorts;
  const joined: (Sides & { range: Range })[] = [];
  for (const [at, first] of starts.entries()) {
    const next = starts[at + 1];
    if (next === undefined) break;
    const range = { first, last: next - 1n };
    const sides = { before: portsAt(before, first), after: portsAt(after, first) };
    const previous = joined.at(-1);
    if (previous && previous.range.last + 1n === first && isSame(previous, sides))
      previous.range = { ...previous.range, last: range.last };
    else joined.push({ ...of, ...sides, range });
  }
  return joined.flatMap(({ from, to, range, ...sides }) => {
    const party: Party = { type: 'range', range };
    return judge(from.type === 'range' ? { ...sides, from: party, to } : { ...sides, from, to: party });
  });
}

function isSame(a: Pick<Sides, 'before' | 'after'>, b: Pick<Sides, 'before' | 'after'>): boolean {
  return portsKey(a.before) === portsKey(b.before) && portsKey(a.after) === portsKey(b.after);
}

/** A text that is equal for the same party of two worlds. */
export function partyKey(party: Party): string {
  if (party.type === 'controller') return `{${party.controller}}`;
  if (party.type === 'range') return `${party.range.first}-${party.range.last}`;
  return [party.namespace.name, party.name, party.kind, party.variant ?? ''].join('/');
}

function inOrder(a: Change, b: Change): number {
  return compareParties(a.from, b.from) || compareParties(a.to, b.to);
}

/** Workloads by their names, then ranges by their addresses. */
function compareParties(a: Party, b: Party): number {
  if (a.type === 'range' && b.type === 'range')
    return a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0;
  return compare(a.type === 'range' ? '\uffff' : partyKey(a), b.type === 'range' ? '\uffff' : partyKey(b));
}
