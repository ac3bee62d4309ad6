import { list, say } from '../finding';
import { allKinds } from '../kinds/table';
import { groupKindKey } from '../resource';
import { defineRule } from './define';
import { mayBeNamedByOperator, nearNamed, notFound, unreferencedSiblings } from './evidence';
import { inNamespace, named, replace } from './words';

const scalable = new Set(allKinds.filter((kind) => kind.pods).map(groupKindKey));

/** An autoscaler without its workload scales nothing. Kinds that are not known here may be made by an operator. */
export const autoscalerTarget = defineRule({
  id: 'autoscaler-target',
  summary: 'An autoscaler targets a workload that is not there',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    if (resource.pods || links.hasUnreadable(resource)) return;
    for (const reference of resource.references) {
      if (reference.role !== 'targets' || !scalable.has(groupKindKey(reference.target))) continue;
      const { to, maybe, elsewhere, unknown } = links.resolve(resource, reference);
      if (unknown || to.length > 0 || maybe.length > 0 || mayBeNamedByOperator(resource, reference.name.text, links))
        continue;
      const near = nearNamed(resource, reference, links);
      const siblings = unreferencedSiblings(resource, reference.target, resource.namespace, links);
      const meant = near.length > 0 ? near : siblings;
      const [other] = elsewhere;
      yield {
        level: notFound(near, siblings),
        at: reference.name.origin,
        path: reference.path,
        message: say`no ${reference.target.kind} ${inNamespace(resource)} is named ${reference.name.text}${meant.length > 0 ? say`; ${list(meant.slice(0, 3).map(named))} is here` : other ? say`; ${named(other)} is in namespace ${other.namespace}` : undefined}`,
        related: meant.slice(0, 3).map((target) => ({ at: target.nameAt, message: named(target) })),
        fixes: meant.flatMap(({ name }) =>
          name === undefined ? [] : replace(`Change to ${name}`, reference.name, name),
        ),
      };
    }
  },
});
