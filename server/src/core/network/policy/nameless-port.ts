/** Rules with a port name that no pod has: what they were to let through is not known. */
import type { Links } from '../../links';
import { likely } from '../../links';
import type { Direction, PolicyFacts, PolicyPeer, PolicyPort, PolicyRule } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { portNames } from './world';

/** True where a rule that may let `means` through names a port that none of the pods it leads to has. */
export function namesNoPort(
  links: Links,
  policy: Resource,
  { subject, ...facts }: PolicyFacts,
  direction: Direction,
  protocol: Protocol,
  means: (peer: PolicyPeer) => boolean,
): boolean {
  return (facts[direction]?.rules ?? []).some((rule) => {
    const named = rule.ports?.filter((port) => port.name !== undefined && port.protocols.includes(protocol)) ?? [];
    if (named.length === 0 || (rule.peers && !rule.peers.some(means))) return false;
    const pods = destinations(links, policy, rule, subject);
    return pods.length > 0 && named.some((port) => !pods.some((workload) => hasPort(workload, port, protocol)));
  });
}

function destinations(
  links: Links,
  policy: Resource,
  { direction, peers = [] }: PolicyRule,
  subject: PolicyPeer | undefined,
): readonly Resource[] {
  const ends = direction === 'egress' ? peers : subject ? [subject] : [];
  return ends.flatMap((peer) => (peer.type === 'pods' && peer.pods ? likely(links.select(policy, peer.pods)) : []));
}

function hasPort({ pods }: Resource, { name = '' }: PolicyPort, protocol: Protocol): boolean {
  return pods !== undefined && portNames(pods).numbers(protocol, name).length > 0;
}
