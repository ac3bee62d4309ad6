/** How many nodes and pods a range has room for. */
import type { AddressRange } from '../cluster/facts';

export interface Capacity {
  /** All addresses of the range. */
  readonly addresses: bigint;
  /** Nodes (or blocks) that get a part; undefined where the range is not cut for nodes. */
  readonly parts: bigint | undefined;
  /** Pods that a part has addresses for. */
  readonly podsPerPart: bigint | undefined;
}

/** A node's range loses its own address, that of the bridge and that of broadcasts (IPv4); Calico's blocks lose none. */
export function capacityOf({ range, cidr, nodePrefix, blocks }: AddressRange): Capacity | undefined {
  if (!range) return undefined;
  const addresses = range.last - range.first + 1n;
  const width = cidr?.family === 4 ? 32 : 128;
  if (!cidr || nodePrefix === undefined || nodePrefix < cidr.prefix || nodePrefix > width)
    return { addresses, parts: undefined, podsPerPart: undefined };
  const size = 1n << BigInt(width - nodePrefix);
  const taken = blocks ? 0n : cidr.family === 4 ? 3n : 2n;
  return {
    addresses,
    parts: 1n << BigInt(nodePrefix - cidr.prefix),
    podsPerPart: size > taken ? size - taken : 0n,
  };
}
