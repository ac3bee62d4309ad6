/** The workloads here that a peer of a policy means, as far as its labels tell. */
import type { Links } from '../../links';
import { likely } from '../../links';
import type { PodsPeer } from '../../policy-facts';
import type { Resource } from '../../resource';
import { meansPods } from './meaning';

/** By its pod selector; a peer that names namespaces only means too many to look up. Those that may be meant count too. */
export function podsOfPeer(links: Links, policy: Resource, peer: PodsPeer): readonly Resource[] {
  if (!peer.pods) return [];
  return likely(links.select(policy, peer.pods)).filter(
    (workload) => meansPods(links, peer, policy, workload) !== 'no',
  );
}
