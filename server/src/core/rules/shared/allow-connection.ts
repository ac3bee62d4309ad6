import type { Fix } from '../../finding';
import type { Links } from '../../links';
import type { Destination } from '../../network/policy/call-verdicts';
import { speaker } from '../../network/policy/speaker';
import { tellingLabels } from '../../network/policy/telling-labels';
import type { LinkedVerdict } from '../../network/policy/verdicts';
import type { Direction } from '../../policy-facts';
import type { Resource } from '../../resource';
import { addRule, podsPeer, smallestRule } from './add-policy-rule';

/** A fix with the smallest rules that let a connection pass; none where more than isolation is in its way. */
export function allowConnection(
  caller: Resource,
  { service, workload, protocol, port }: Destination,
  { egress, ingress }: LinkedVerdict,
  links: Links,
): Fix[] {
  const sides: readonly (readonly [Direction, LinkedVerdict['egress'], Resource, Resource | undefined])[] = [
    ['egress', egress, workload, service],
    ['ingress', ingress, caller, undefined],
  ];
  const fixes: Fix[] = [];
  for (const [direction, { allowed, decision }, other, known] of sides) {
    if (allowed === true) continue;
    const policy = decision.by === 'isolation' ? speaker(decision) : undefined;
    const peer = policy && podsPeer(policy, other, tellingLabels(other, known));
    const fix = peer && addRule(policy, direction, smallestRule(direction, peer, protocol, port), title, links);
    if (!fix || fix.length === 0) return [];
    fixes.push(...fix);
  }
  return fixes.length > 0 ? [{ title, edits: fixes.flatMap(({ edits }) => edits) }] : [];
}

const title = 'Allow this connection';
