import { defineRule } from './define';
import { selectsNothing } from './shared/selects-nothing';

/** A PodDisruptionBudget that covers no pod protects nothing when nodes are drained. */
export const disruptionBudgetSelector = defineRule({
  id: 'disruption-budget-selector',
  summary: 'The selector of a PodDisruptionBudget matches no pod',
  levels: ['warning', 'information'],
  about: ['selector targets'],
  *linked(resource, links) {
    for (const use of resource.selectors) {
      const draft =
        use.selects === 'pods' && use.role === 'targets' && use.pairs.length > 0
          ? selectsNothing(resource, use, links)
          : undefined;
      if (draft) yield draft;
    }
  },
});
