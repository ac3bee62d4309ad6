/** Where the addresses of pods lie that no manifest shows. */
import { allAddresses } from '../../cidr';
import type { Ranges } from '../../ranges';
import { contains, intersection, rangesOf } from '../../ranges';
import type { Resource } from '../../resource';
import type { ClusterNetwork } from '../cluster';
import { clusterNetworkOf } from '../cluster';

const [ipv4] = allAddresses;

/** Every cluster gives IPv4 addresses, unless it declares otherwise. */
export const unknownPools: readonly Ranges[] = ipv4 ? [[ipv4]] : [];

/** All addresses of the families that pods have, as far as their ranges tell; of IPv4 where nothing does. */
export function podFamilies({ pods, nodes }: ClusterNetwork): Ranges {
  const declared = rangesOf([...pods, ...nodes].flatMap(({ range }) => range.range ?? []));
  const families = allAddresses.filter((family) => intersection(declared, [family]).length > 0);
  return families.length > 0 ? families : allAddresses.slice(0, 1);
}

/** The ranges of pods that resources declare which are applied together, a set for each family. */
export function poolsOf(resources: readonly Resource[]): readonly Ranges[] {
  const declared = clusterNetworkOf(resources).pods.flatMap(({ range }) => range.range ?? []);
  const pools = allAddresses
    .map((family) => rangesOf(declared.filter((range) => contains([family], [range]))))
    .filter(({ length }) => length > 0);
  return pools.length > 0 ? pools : unknownPools;
}
