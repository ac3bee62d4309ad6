/** The addresses of nodes that are here as objects. */
import type { Address } from '../cidr';
import { cidrHolds, parseAddress, parseCidr } from '../cidr';
import type { Resource } from '../resource';
import type { ClusterNetwork } from './cluster';

export interface Machine {
  readonly node: Resource;
  readonly address: Address;
}

/** The internal IPv4 addresses of Nodes, in order. */
export function nodeAddresses({ objects }: ClusterNetwork): Machine[] {
  return objects.flatMap(({ resource, facts, distance }) =>
    resource.kind !== 'Node' || distance === 'far'
      ? []
      : facts.ranges.flatMap(({ source, field, family, text }) => {
          const address =
            source === 'machine' && field === 'InternalIP' && family === 4 ? parseAddress(text.text) : undefined;
          return address ? [{ node: resource, address }] : [];
        }),
  );
}

/** Addresses that no subnet of usual size holds together: a manifest of a Node does not show its netmask. */
export function shareNetwork(a: Address, b: Address): boolean {
  const widest = parseCidr(`${a.text}/16`);
  return widest === undefined || cidrHolds(widest, b);
}
