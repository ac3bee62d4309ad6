/** Sets of ports, each of a protocol. */
import type { Protocol } from '../../ports';
import { protocols } from '../../ports';
import type { Ranges } from '../../ranges';
import * as ranges from '../../ranges';

export type PortSet = Readonly<Record<Protocol, Ranges>>;

const wholeProtocol: Ranges = [{ first: 1n, last: 65535n }];

export const allPorts: PortSet = { TCP: wholeProtocol, UDP: wholeProtocol, SCTP: wholeProtocol };
export const noPorts: PortSet = { TCP: [], UDP: [], SCTP: [] };

/** The numbers from `first` to `last`, both included, of one protocol. */
export function portRange(protocol: Protocol, first: number, last: number): PortSet {
  return { ...noPorts, [protocol]: ranges.rangesOf([{ first: BigInt(first), last: BigInt(last) }]) };
}

export function isEmpty(set: PortSet): boolean {
  return set === noPorts || protocols.every((protocol) => set[protocol].length === 0);
}

export function unite(a: PortSet, b: PortSet): PortSet {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  return each((protocol) => ranges.union(a[protocol], b[protocol]));
}

export function intersect(a: PortSet, b: PortSet): PortSet {
  if (a === b) return a;
  if (isEmpty(a) || isEmpty(b)) return noPorts;
  return each((protocol) => ranges.intersection(a[protocol], b[protocol]));
}

/** What is in `a` and not in `b`. */
export function without(a: PortSet, b: PortSet): PortSet {
  if (isEmpty(b)) return a;
  return each((protocol) => ranges.subtract(a[protocol], b[protocol]));
}

export function holdsPort(set: PortSet, protocol: Protocol, port: number): boolean {
  return ranges.includes(set[protocol], BigInt(port));
}

/** True when every port of `inner` is in `outer`. */
function containsPorts(outer: PortSet, inner: PortSet): boolean {
  return protocols.every((protocol) => ranges.contains(outer[protocol], inner[protocol]));
}

/** A text that is equal for equal sets only. */
export function portsKey(set: PortSet): string {
  return protocols
    .map((protocol) => `${protocol}${set[protocol].map(({ first, last }) => ` ${first}-${last}`).join('')}`)
    .join();
}

/** True when each port of each protocol is in the set. */
export function isAllPorts(set: PortSet): boolean {
  return set === allPorts || containsPorts(set, allPorts);
}

function each(of: (protocol: Protocol) => Ranges): PortSet {
  return { TCP: of('TCP'), UDP: of('UDP'), SCTP: of('SCTP') };
}
