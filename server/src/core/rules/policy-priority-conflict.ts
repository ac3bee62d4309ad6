import type { Draft } from '../finding';
import { say } from '../finding';
import type { ReadResource } from '../kinds/read';
import { allowedPorts, decide } from '../network/policy/decide';
import type { Workload } from '../network/policy/ends';
import type { Evaluation } from '../network/policy/evaluate';
import { evaluatePolicies } from '../network/policy/evaluate';
import { portsKey } from '../network/policy/port-set';
import { field, scalarAt } from '../path';
import type { Direction } from '../policy-facts';
import { directions } from '../policy-facts';
import type { Resource } from '../resource';
import { groupKindKey } from '../resource';
import { defineRule } from './define';
import { kindAndName, named } from './shared/words';

/** More pods than this are not gone through: those at the beginning tell enough. */
const MAX_SUBJECTS = 20;
const MAX_OTHERS = 200;

/** Which of two cluster-wide policies of one priority is asked first is not defined (AdminNetworkPolicySpec.priority). */
export const policyPriorityConflict = defineRule({
  id: 'policy-priority-conflict',
  summary: 'Two cluster-wide policies of one priority say different things of the same traffic',
  levels: ['warning'],
  about: ['policy'],
  *together(reads) {
    const rivals = rivalsIn(reads);
    if (rivals.length === 0) return;
    const evaluation = evaluatePolicies({ resources: reads.map(({ resource }) => resource), namespace: '' });
    for (const [first, second] of rivals) {
      const found = disagreement(evaluation, first.resource, second.resource);
      if (found) yield draft(first, second, found);
    }
  },
});

/** Pairs of policies of one API, tier and written priority, in file order; each policy with the first of its rivals. */
function rivalsIn(reads: readonly ReadResource[]): (readonly [ReadResource, ReadResource])[] {
  const before = new Map<string, ReadResource>();
  return reads.flatMap((read) => {
    const { policy, clusterScoped, owned } = read.resource;
    const priority = scalarAt(field(read.tree, 'spec', 'priority'));
    if (!policy || !clusterScoped || owned || policy.unclear || typeof priority?.value !== 'number') return [];
    const key = `${groupKindKey(read.resource)} ${policy.tier} ${policy.priority}`;
    const first = before.get(key);
    if (!first) before.set(key, read);
    return first && first.resource.name !== read.resource.name ? [[first, read] as const] : [];
  });
}

interface Disagreement {
  readonly subject: Workload;
  readonly direction: Direction;
  readonly other: Workload;
}

/** The first traffic of which something else holds when the two policies change places. */
function disagreement(evaluation: Evaluation, first: Resource, second: Resource): Disagreement | undefined {
  const shared = evaluation.classes.filter(({ first: subject }) =>
    [first, second].every((policy) => evaluation.selectedBy(policy).includes(subject)),
  );
  for (const { first: subject } of shared.slice(0, MAX_SUBJECTS))
    for (const direction of directions) {
      const applied = evaluation.applied(subject, direction);
      const swapped = applied.map((item) =>
        item.policy === first
          ? (applied.find(({ policy }) => policy === second) ?? item)
          : item.policy === second
            ? (applied.find(({ policy }) => policy === first) ?? item)
            : item,
      );
      const found = evaluation.classes.slice(0, MAX_OTHERS).find(({ first: other }) => {
        // Of one pod nothing closes the way to itself.
        if (other === subject) return false;
        const { ports } = direction === 'ingress' ? subject : other;
        const [one, two] = [applied, swapped].map((list) => portsKey(allowedPorts(decide(list, other, ports))));
        return one !== two;
      });
      if (found) return { subject, direction, other: found.first };
    }
  return undefined;
}

function draft(first: ReadResource, second: ReadResource, { subject, direction, other }: Disagreement): Draft {
  const at = field(second.tree, 'spec', 'priority');
  const [from, to] = direction === 'ingress' ? [other, subject] : [subject, other];
  return {
    level: 'warning',
    at: at.at,
    path: at.path,
    resource: second.resource,
    message: say`${named(first.resource)} has priority ${scalarAt(at)?.text} too, and says something else of traffic from ${named(from.resource)} to ${named(to.resource)}: which of the two is asked first is not defined; give one of them another priority`,
    related: [
      { at: field(first.tree, 'spec', 'priority').at, message: say`the priority of ${kindAndName(first.resource)}` },
    ],
  };
}
