/** Whether policies let pods reach an address that EndpointSlices or Endpoints list for a Service, and no pod has. */
import type { Address } from '../../cidr';
import { cidrHolds } from '../../cidr';
import type { Links } from '../../links';
import type { PolicyPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import { includes } from '../../ranges';
import type { Resource } from '../../resource';
import { clusterNetwork } from '../cluster';
import { noPortNames } from './ends';
import type { Certainty } from './meaning';
import type { LinkedVerdict } from './verdicts';
import { sideVerdict } from './verdicts';

/** What the policies about a workload say of its connections to an address; none are about the other end. */
export function addressVerdict(
  links: Links,
  from: Resource,
  address: Address,
  protocol: Protocol,
  port: number,
): LinkedVerdict {
  const mayBePod = clusterNetwork(links, from).pods.some(({ range }) => range.cidr && cidrHolds(range.cidr, address));
  const means = (peer: PolicyPeer) => meansAddress(peer, address, mayBePod);
  const egress = sideVerdict(links, from, 'egress', means, noPortNames, protocol, port);
  return { allowed: egress.allowed, egress, ingress: { allowed: true, decision: { by: 'default' } } };
}

/** Labels mean pods only, of which an address may be one if it is out of their range. */
function meansAddress(peer: PolicyPeer, { point }: Address, mayBePod: boolean): Certainty {
  if (peer.type === 'block') return includes(peer.ranges, point) ? 'yes' : 'no';
  return peer.type === 'pods' && !mayBePod ? 'no' : 'maybe';
}
