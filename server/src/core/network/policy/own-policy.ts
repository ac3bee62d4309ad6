/** Which policies and labels mean the pods of one workload and no others: what is to be opened for it alone goes there. */
import type { Links } from '../../links';
import type { Label, Resource, SelectorUse } from '../../resource';
import { sameObject } from '../../resource';
import { fromLabels } from '../../labels';
import type { IsolationDecision } from './decide';
import { isSelective } from './speaker';
import { tellingLabels, versionless } from './telling-labels';

/** The policy of those that isolate a workload that is about no other one; undefined where all are about others too. */
export function ownPolicy(links: Links, workload: Resource, { policies }: IsolationDecision): Resource | undefined {
  return policies.find((policy) => {
    const subject = policy.policy?.subject?.pods;
    return subject !== undefined && isSelective(policy) && choosesOnly(links, policy, subject, workload);
  });
}

/** The fewest labels that no other workload has all of; undefined where there are none. */
export function ownLabels(links: Links, workload: Resource): readonly Label[] | undefined {
  const labels = workload.pods?.labels ?? [];
  return [tellingLabels(workload, undefined), versionless(labels), labels].find(
    (pairs) => pairs.length > 0 && choosesOnly(links, workload, useOf(pairs, workload), workload),
  );
}

/** The labels by which a rule means these pods. */
export function peerLabels(links: Links, workload: Resource): readonly Label[] {
  return ownLabels(links, workload) ?? tellingLabels(workload, undefined);
}

function choosesOnly(links: Links, from: Resource, use: SelectorUse, workload: Resource): boolean {
  const { to, maybe, unknown } = links.select(from, use);
  const found = [...to, ...maybe];
  return !unknown && found.length > 0 && found.every((other) => other === workload || sameObject(other, workload));
}

/** A selector as a new policy beside the workload would have it. */
function useOf(pairs: readonly Label[], { at }: Resource): SelectorUse {
  return {
    role: 'applies',
    selects: 'pods',
    selector: fromLabels(new Map(pairs.map(({ key, value }) => [key.text, value.text]))),
    pairs,
    unknown: false,
    anyNamespace: false,
    path: 'spec.podSelector',
    at,
  };
}
