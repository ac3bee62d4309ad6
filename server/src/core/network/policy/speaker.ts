import type { Resource } from '../../resource';
import type { IsolationDecision } from './decide';

/** The policy of those that isolate together that speaks for them: one that is about fewer pods than a whole namespace, else the first. */
export function speaker({ policies }: IsolationDecision): Resource | undefined {
  return policies.find((policy) => isSelective(policy)) ?? policies[0];
}

/** True for a policy that is about some pods of its namespace only. */
export function isSelective({ policy }: Resource): boolean {
  const selector = policy?.subject?.pods?.selector;
  return selector !== undefined && selector !== 'nothing' && selector.requirements.length > 0;
}
