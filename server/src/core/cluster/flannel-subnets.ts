/** How flannel cuts its network into subnets when it hands them out itself (pkg/subnet/config.go): not in Kubernetes. */
import type { Address, Cidr } from '../cidr';
import { addressAt, cidrHolds, parseAddress, parseCidr } from '../cidr';

/** net-conf.json as flannel reads it, with the names of its fields. */
export interface NetConf {
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly Network?: string;
  readonly IPv6Network?: string;
  readonly SubnetLen?: number;
  readonly IPv6SubnetLen?: number;
  readonly SubnetMin?: string;
  readonly SubnetMax?: string;
  readonly IPv6SubnetMin?: string;
  readonly IPv6SubnetMax?: string;
}

/** The subnets of one family: their prefix length, and the first and last that a node may get. */
export interface Subnets {
  readonly network: Cidr;
  readonly prefix: number;
  readonly first: Address;
  readonly last: Address;
}

/** The subnets of each family that is on, or why flannel refuses the configuration. */
export type Division = { readonly subnets: readonly Subnets[] } | { readonly problem: string };

interface FamilyLimits {
  readonly network: 'Network' | 'IPv6Network';
  readonly length: 'SubnetLen' | 'IPv6SubnetLen';
  readonly first: 'SubnetMin' | 'IPv6SubnetMin';
  readonly last: 'SubnetMax' | 'IPv6SubnetMax';
  readonly width: 32 | 128;
  /** What a node gets when nothing is written and the network is large. */
  readonly usual: number;
}

const ipv4: FamilyLimits = {
  network: 'Network',
  length: 'SubnetLen',
  first: 'SubnetMin',
  last: 'SubnetMax',
  width: 32,
  usual: 24,
};
const ipv6: FamilyLimits = {
  network: 'IPv6Network',
  length: 'IPv6SubnetLen',
  first: 'IPv6SubnetMin',
  last: 'IPv6SubnetMax',
  width: 128,
  usual: 64,
};

/** How flannel with its own subnet manager divides the network among nodes. */
export function divideNetwork(conf: NetConf): Division {
  const subnets: Subnets[] = [];
  for (const family of [...(conf.EnableIPv4 === false ? [] : [ipv4]), ...(conf.EnableIPv6 === true ? [ipv6] : [])]) {
    const found = divide(conf, family);
    if (typeof found === 'string') return { problem: found };
    subnets.push(found);
  }
  return { subnets };
}

function divide(conf: NetConf, family: FamilyLimits): Subnets | string {
  const network = parseCidr(conf[family.network] ?? '');
  if (!network || (network.family === 4) !== (family.width === 32)) return `${family.network} is not set`;
  const prefix = subnetPrefix(conf[family.length], network, family);
  if (typeof prefix === 'string') return prefix;
  const size = 1n << BigInt(family.width - prefix);
  const bound = (name: keyof NetConf, otherwise: bigint): Address | string => {
    const written = conf[name];
    const address = typeof written === 'string' && written !== '' ? parseAddress(written) : addressAt(otherwise);
    if (!address || !cidrHolds(network, address)) return `${name} is not in ${family.network} ${network.text}`;
    return (address.point - network.range.first) % size === 0n
      ? address
      : `${name} ${address.text} does not lie on a boundary of /${prefix} subnets`;
  };
  // The first subnet is left out, since its first address is that of the whole network.
  const first = bound(family.first, network.range.first + size);
  const last = bound(family.last, network.range.last + 1n - size);
  if (typeof first === 'string') return first;
  if (typeof last === 'string') return last;
  return { network, prefix, first, last };
}

function subnetPrefix(
  length: number | undefined,
  network: Cidr,
  { width, usual, ...name }: FamilyLimits,
): number | string {
  if (length !== undefined && length > 0) {
    if (length > width - 2) return `${name.length} must be less than /${width - 1}`;
    if (length < network.prefix + 2) return `${name.network} ${network.text} does not hold four subnets of /${length}`;
    return length;
  }
  if (network.prefix > width - 4) return `${name.network} ${network.text} is smaller than /${width - 4}`;
  return network.prefix <= usual - 2 ? usual : network.prefix + 2;
}
