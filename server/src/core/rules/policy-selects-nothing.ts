import { chosenKey } from '../keys';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { selectsNothing } from './shared/selects-nothing';

/** A policy that selects no pod isolates nothing: what it was meant to close stays open. */
export const policySelectsNothing = defineRule({
  id: 'policy-selects-nothing',
  summary: 'The podSelector of a policy matches no pod',
  levels: ['warning', 'information'],
  about: ['selector applies'],
  *linked(resource, links) {
    for (const use of resource.selectors) {
      const draft =
        use.selects === 'pods' &&
        use.role === 'applies' &&
        use.selector !== 'nothing' &&
        use.selector.requirements.length > 0
          ? selectsNothing(resource, use, links)
          : undefined;
      if (draft && (draft.level === 'warning' || hasPods(resource, links))) yield draft;
    }
  },
});

/** Some workload of its namespace is here. Policies are often kept apart from all of the pods that they are for. */
function hasPods(policy: Resource, links: Links): boolean {
  if (policy.clusterScoped) return true;
  for (const namespace of new Set([policy.namespace, undefined]))
    for (const { resources } of links.rings(chosenKey(namespace, 'pods'), policy))
      if (resources.length > 0) return true;
  return false;
}
