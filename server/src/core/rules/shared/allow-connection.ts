import type { Fix, TextEdit } from '../../finding';
import type { Links } from '../../links';
import type { Destination } from '../../network/policy/call-verdicts';
import { peerLabels } from '../../network/policy/own-policy';
import type { LinkedVerdict } from '../../network/policy/verdicts';
import type { Direction } from '../../policy-facts';
import type { Resource } from '../../resource';
import { podsPeer, smallestRule } from './add-policy-rule';
import { joinEdits, openWay } from './open-way';

/** A fix with the smallest rules that let a connection pass; none where more than isolation is in its way. */
export function allowConnection(
  caller: Resource,
  { workload, protocol, port }: Destination,
  { egress, ingress }: LinkedVerdict,
  links: Links,
): Fix[] {
  const sides: readonly (readonly [Direction, LinkedVerdict['egress'], Resource, Resource])[] = [
    ['egress', egress, caller, workload],
    ['ingress', ingress, workload, caller],
  ];
  const edits: TextEdit[] = [];
  for (const [direction, { allowed, decision }, own, other] of sides) {
    if (allowed === true) continue;
    // Policies never mean pods of the host network by their labels.
    const peer = other.pods?.hostNetwork ? undefined : podsPeer(own, other, peerLabels(links, other));
    if (!peer) return [];
    const rule = smallestRule(direction, peer, protocol, port);
    const why = `${direction === 'egress' ? 'to' : 'from'}-${other.name ?? 'pods'}`;
    const added = openWay({ workload: own, direction, decision, rule, why }, links);
    if (!added) return [];
    edits.push(...added);
  }
  return edits.length > 0 ? [{ title: 'Allow this connection', edits: joinEdits(edits) }] : [];
}
