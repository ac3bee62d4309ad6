import { allKinds } from '../kinds/table';
import { groupKindKey } from '../resource';
import { defineRule } from './define';
import { namesNothing } from './shared/names-nothing';

const scalable = new Set(allKinds.filter((kind) => kind.pods).map(groupKindKey));

/** An autoscaler without its workload scales nothing. Kinds that are not known here may be made by an operator. */
export const autoscalerTarget = defineRule({
  id: 'autoscaler-target',
  summary: 'An autoscaler targets a workload that is not there',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    if (resource.pods) return;
    for (const reference of resource.references) {
      if (reference.role !== 'targets' || !scalable.has(groupKindKey(reference.target))) continue;
      const draft = namesNothing(resource, reference, links, { mayBeMeant: () => true });
      if (draft) yield draft;
    }
  },
});
