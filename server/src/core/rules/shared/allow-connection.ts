import type { Fix, TextEdit } from '../../finding';
import { parseAddress } from '../../cidr';
import type { Links } from '../../links';
import { endpointsOf } from '../../network/endpoints';
import type { AddressDestination, Destination } from '../../network/policy/call-verdicts';
import { peerLabels } from '../../network/policy/own-policy';
import type { LinkedVerdict } from '../../network/policy/verdicts';
import type { Direction } from '../../policy-facts';
import type { Resource } from '../../resource';
import { blockPeer, nodePeers, podsPeer, smallestRule } from './add-policy-rule';
import { joinEdits, openWay } from './open-way';

/** A fix with the smallest rules that let a connection pass; none where more than isolation is in its way. */
export function allowConnection(
  caller: Resource,
  destination: Destination,
  { egress, ingress }: LinkedVerdict,
  links: Links,
): Fix[] {
  const { protocol, port } = destination;
  if (destination.type === 'address') return allowAddresses(caller, destination, egress, links);
  const { workload, pod = workload } = destination;
  const sides: readonly (readonly [Direction, LinkedVerdict['egress'], Resource, Resource])[] = [
    ['egress', egress, caller, workload],
    ['ingress', ingress, pod, caller],
  ];
  const edits: TextEdit[] = [];
  for (const [direction, { allowed, decision }, own, other] of sides) {
    if (allowed === true) continue;
    // Policies never mean pods of the host network by their labels.
    const peer = other.pods?.hostNetwork ? undefined : podsPeer(own, other, peerLabels(links, other));
    const peers = peer ? [peer] : other.pods?.hostNetwork ? nodePeers(other, links) : [];
    if (peers.length === 0) return [];
    const rule = smallestRule(direction, peers, protocol, port);
    const why = `${direction === 'egress' ? 'to' : 'from'}-${other.name ?? 'pods'}`;
    const added = openWay({ workload: own, direction, decision, rule, why }, links);
    if (!added) return [];
    edits.push(...added);
  }
  return edits.length > 0 ? [{ title: 'Allow this connection', edits: joinEdits(edits) }] : [];
}

/** With all addresses that its Service leads to on this port: which of them is taken is chosen for each connection. */
function allowAddresses(
  caller: Resource,
  { service, address, protocol, port }: AddressDestination,
  { decision }: LinkedVerdict['egress'],
  links: Links,
): Fix[] {
  const listed = service.service ? endpointsOf(service, service.service, links).addresses : [];
  const beside = listed.filter((item) => item.ready && (service.service?.headless || item.port === port));
  const texts = [...new Set([address.text, ...beside.map(({ ip }) => ip)])];
  const peers = texts.flatMap((text) => parseAddress(text) ?? []).map(blockPeer);
  const rule = smallestRule('egress', peers, protocol, port);
  const why = `to-${service.name ?? 'addresses'}`;
  const added = openWay({ workload: caller, direction: 'egress', decision, rule, why }, links);
  return added ? [{ title: 'Allow this connection', edits: joinEdits(added) }] : [];
}
