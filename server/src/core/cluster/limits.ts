/** What kubeadm and kind refuse in lists of subnets (kubeadm validation.go, kind validate.go). Ends of sentences. */
import type { Cidr } from '../cidr';
import { parseCidr } from '../cidr';
import { kubeadmDefaults } from './defaults';

/** Fewer addresses than these kubeadm refuses. */
export const leastAddresses = { services: 10, pods: 50 } as const;

/** Bits that a Service range may leave for addresses: the API server keeps a map of all of them. */
const mostServiceBits = 20;

/** How much longer the prefix of a node's range may be than that of the pod range. */
const mostNodeBits = 16;

const widthOf = ({ family }: Cidr): number => (family === 4 ? 32 : 128);

/** The blocks of a list with commas; undefined when one of them is none. */
export function parseSubnets(text: string): Cidr[] | undefined {
  const cidrs = text.split(',').map((part) => parseCidr(part));
  return cidrs.every((cidr) => cidr !== undefined) ? cidrs : undefined;
}

/** Why kubeadm refuses a list of subnets of which each must hold `least` addresses. */
export function subnetsProblem(text: string, least: number): string | undefined {
  const cidrs = parseSubnets(text);
  if (!cidrs) return 'holds something that is no CIDR';
  if (cidrs.length > 2) return `holds ${cidrs.length} ranges; one is allowed, or one of IPv4 and one of IPv6`;
  const [first, second] = cidrs;
  if (first && second && first.family === second.family)
    return `holds two IPv${first.family} ranges; two are allowed only as one of IPv4 and one of IPv6`;
  const small = cidrs.find((cidr) => cidr.range.last - cidr.range.first + 1n < BigInt(least));
  if (!small) return undefined;
  const size = small.range.last - small.range.first + 1n;
  return `is too small: ${small.text} has ${size} address${size === 1n ? '' : 'es'}, and at least ${least} are needed`;
}

/** Why a Service range is too large. */
export function serviceSizeProblem(cidr: Cidr): string | undefined {
  const longest = widthOf(cidr) - mostServiceBits;
  return cidr.prefix < longest
    ? `is too large: a Service range of IPv${cidr.family} has a prefix length of ${longest} or more`
    : undefined;
}

/** Why the ranges of nodes do not fit into a pod range. `written` is the flag node-cidr-mask-size-ipv4 or -ipv6, if any. */
export function nodeMaskProblem(cidr: Cidr, written: string | undefined): string | undefined {
  const flag = `node-cidr-mask-size-ipv${cidr.family}`;
  if (written !== undefined && !/^\d+$/.test(written))
    return `cannot be cut for nodes: ${flag} ${written} is no number`;
  const nodeMask = written === undefined ? kubeadmDefaults.nodeMask[cidr.family] : Number(written);
  if (cidr.prefix > nodeMask)
    return `is smaller than what one node gets: nodes get a /${nodeMask} each, unless ${flag} says otherwise`;
  return nodeMask - cidr.prefix > mostNodeBits
    ? `is too large for nodes with a /${nodeMask} each: the prefix lengths may differ by ${mostNodeBits} at most`
    : undefined;
}

/** Why kind refuses a subnet of a cluster of this family. */
export function kindSubnetProblem(text: string, family: string): string | undefined {
  const cidrs = parseSubnets(text);
  if (!cidrs) return 'holds something that is no CIDR';
  const [first, second] = cidrs;
  if (family === 'dual') {
    if (cidrs.length > 2 || (second && first?.family === second.family))
      return 'must be one range, or one of IPv4 and one of IPv6, for ipFamily dual';
    return undefined;
  }
  if (cidrs.length > 1) return `holds ${cidrs.length} ranges; only ipFamily dual allows two`;
  if (family === 'ipv4' && first?.family === 6) return 'is an IPv6 range in a cluster of ipFamily ipv4';
  if (family === 'ipv6' && first?.family === 4) return 'is an IPv4 range in a cluster of ipFamily ipv6';
  return undefined;
}
