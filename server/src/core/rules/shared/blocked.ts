/** Connections that policies block: who decides, in words and places. */
import type { Related, Text } from '../../finding';
import { say } from '../../finding';
import type { Decision, IsolationDecision } from '../../network/policy/decide';
import { areOnNodes } from '../../network/policy/entry-verdicts';
import { speaker } from '../../network/policy/speaker';
import type { Direction } from '../../policy-facts';
import type { Resource } from '../../resource';
import { kindAndName, named } from './words';

/** True for the one of several policies that a finding about all of them stands at. */
export function isOwnPolicy(policy: Resource, decision: IsolationDecision): boolean {
  return speaker(decision) === policy;
}

/** Who denies: `NetworkPolicy deny (a.yaml:1) allows no such ingress`. */
export function whoDenies(decision: Decision, direction: Direction): Text {
  if (decision.by === 'rule') return say`${named(decision.policy)} denies it`;
  if (decision.by !== 'isolation') return [];
  const [first, more] = [speaker(decision), decision.policies.length - 1];
  return more === 0
    ? say`${first && named(first)} isolates its pods and has no ${direction} rule for it`
    : say`${first && named(first)} and ${more} more isolate the pods and have no ${direction} rule for it`;
}

/** The line that decides. */
export function decidingLine(decision: Decision, direction: Direction): Related[] {
  if (decision.by === 'rule')
    return [{ at: decision.span, message: say`the rule of ${kindAndName(decision.policy)} that denies it` }];
  if (decision.by !== 'isolation') return [];
  return decision.policies.slice(0, 3).flatMap((policy) => {
    const at = policy.policy?.[direction]?.at;
    return at ? [{ at, message: say`the ${direction} of ${kindAndName(policy)}` }] : [];
  });
}

/** Why labels do not mean these pods: all of them are in the network of their nodes. Empty where not all are. */
export function nodeWords(workloads: readonly Resource[]): Text {
  const [first] = workloads;
  return first && areOnNodes(workloads)
    ? say`: ${named(first)} is in the network of its node, so that policies see the address of the node and no labels`
    : [];
}
