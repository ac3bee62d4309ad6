/** The card of a range of addresses: how much fits into it, and what here lies in it. */
import { addressAt, cidrHolds, parseAddress } from '../cidr';
import type { AddressRange } from '../cluster/facts';
import { useWords } from '../cluster/facts';
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Capacity } from '../network/capacity';
import { capacityOf } from '../network/capacity';
import type { ClusterNetwork } from '../network/cluster';
import { clusterNetwork } from '../network/cluster';
import { includes } from '../ranges';
import type { Resource } from '../resource';
import type { Snapshot } from '../workspace';
import { code, plain, some } from './markdown';

/** None for a single address: there is nothing to count. */
export function rangeCard(snapshot: Snapshot, resource: Resource, range: AddressRange): Text[] {
  const capacity = capacityOf(range);
  if (!capacity || !range.range || range.form === 'address') return [];
  const ends = `${addressAt(range.range.first).text} to ${addressAt(range.range.last).text}`;
  const network = clusterNetwork(snapshot.links, resource);
  const inside = contents(snapshot, resource, range, network);
  return [
    [
      `**${plain(range.field)} ${plain(range.text.text)}**, for ${useWords[range.use]}: ${addresses(capacity.addresses)}, ${ends}`,
    ],
    ...parts(range, capacity),
    ...(range.use === 'pods' ? way(network) : []),
    ...(inside.length > 0 ? [say`In it: ${some(inside)}`] : []),
  ];
}

/** `65,536 addresses`, or a power of two where nobody counts them. */
function addresses(number: bigint): string {
  const bits = number.toString(2).length - 1;
  if (number > 1n << 32n && number === 1n << BigInt(bits)) return `2^${bits} addresses`;
  return number === 1n ? '1 address' : `${grouped(number)} addresses`;
}

function grouped(number: bigint): string {
  return number.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function parts({ nodePrefix, blocks }: AddressRange, { parts: number, podsPerPart }: Capacity): Text[] {
  if (number === undefined || podsPerPart === undefined || nodePrefix === undefined) return [];
  const pods = podsPerPart > 1n << 20n ? '' : ` with ${grouped(podsPerPart)} ${blocks ? 'addresses' : 'pods'} each`;
  return [
    [
      blocks
        ? `Cut into ${grouped(number)} blocks of /${nodePrefix}${pods}; a node takes as many as it needs`
        : `Each node gets a /${nodePrefix}: ${number === 1n ? '1 node' : `${grouped(number)} nodes`}${pods}`,
    ],
  ];
}

function way({ cni }: ClusterNetwork): Text[] {
  if (!cni) return [];
  const transport = cni.transport === undefined ? '' : `, ${cni.transport}${cni.crossSubnet ? ' between subnets' : ''}`;
  return [[`Network: ${cni.name}${transport}${cni.enforces ? '' : '; NetworkPolicies have no effect'}`]];
}

/** Services with an address in it, ranges of nodes, and addresses of nodes. */
function contents(snapshot: Snapshot, resource: Resource, range: AddressRange, network: ClusterNetwork): Text[] {
  const { range: span, cidr } = range;
  if (range.use === 'services' && cidr)
    return [...snapshot.uris()].flatMap((uri) =>
      (snapshot.file(uri)?.resources ?? []).flatMap((service): Text[] => {
        const ips = service.service?.clusterIPs.flatMap(({ text }) => parseAddress(text) ?? []) ?? [];
        const own = ips.filter((ip) => cidrHolds(cidr, ip));
        return own.length > 0 ? [say`${service} ${list(own.map(({ text }) => [code(text)]))}`] : [];
      }),
    );
  const others = network.objects.flatMap(({ resource: from, facts }) =>
    from === resource
      ? []
      : facts.ranges
          .filter((other) => other.source === 'node' || other.source === 'machine')
          .map((other) => ({ from, other })),
  );
  return others
    .filter(
      ({ other }) => span && other.range && includes([span], other.range.first) && includes([span], other.range.last),
    )
    .map(({ from, other }) => say`${from} ${code(other.text.text)}`);
}
