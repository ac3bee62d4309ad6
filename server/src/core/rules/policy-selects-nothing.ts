import { defineRule } from './define';
import { selectsNothing } from './shared/selects-nothing';

/** A policy that selects no pod isolates nothing: what it was meant to close stays open. */
export const policySelectsNothing = defineRule({
  id: 'policy-selects-nothing',
  summary: 'The podSelector of a policy matches no pod',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    for (const use of resource.selectors) {
      const draft =
        use.selects === 'pods' &&
        use.role === 'applies' &&
        use.selector !== 'nothing' &&
        use.selector.requirements.length > 0
          ? selectsNothing(resource, use, links)
          : undefined;
      if (draft) yield draft;
    }
  },
});
