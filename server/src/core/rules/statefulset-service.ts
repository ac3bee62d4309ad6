import type { Draft } from '../finding';
import { say } from '../finding';
import { tableOf } from '../kinds/table';
import type { Links } from '../links';
import { podsMatch } from '../pods-match';
import type { Reference, Resource } from '../resource';
import { podSelector } from '../resource';
import { formatSelector } from '../selector-text';
import { defineRule } from './define';
import { namesNothing } from './shared/names-nothing';
import { mention, named, pairsText } from './shared/words';

/** `serviceName` is the headless Service under whose name each pod gets a DNS name (apps/v1 StatefulSetSpec). */
export const statefulsetService = defineRule({
  id: 'statefulset-service',
  summary: 'The serviceName of a StatefulSet is no headless Service that selects its pods',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    if (!resource.pods || !tableOf(resource)?.pods?.governedByService || links.hasUnreadable(resource)) return;
    for (const reference of resource.references) {
      if (reference.role !== 'attaches') continue;
      const draft = judge(resource, reference, links);
      if (draft) yield draft;
    }
  },
});

function judge(set: Resource, reference: Reference, links: Links): Draft | undefined {
  const { to, maybe, unknown } = links.resolve(set, reference);
  if (unknown || (to.length === 0 && maybe.length > 0)) return undefined;
  if (to.length === 0)
    return namesNothing(set, reference, links, { consequence: ', so the pods get no DNS names of their own' });
  const reasons = to.map((service) => contradiction(set, service));
  // Alternatives of one Service are all meant; only when each of them is wrong is something wrong for certain.
  const [reason] = reasons;
  const [service] = to;
  if (reasons.includes(undefined) || !reason || !service) return undefined;
  return {
    level: 'warning',
    at: reference.name.origin,
    path: reference.path,
    message: say`${named(service)} ${reason}, so the pods of ${set.kind} ${set.name ?? ''} get no DNS names of their own`,
    related: [mention(service)],
  };
}

function contradiction(set: Resource, service: Resource): string | undefined {
  const use = podSelector(service);
  if (service.service && !service.service.headless) return 'is not headless (it has no clusterIP: None)';
  if (!use || use.unknown || use.selector === 'nothing' || !set.pods || podsMatch(use, set.pods)) return undefined;
  return `selects ${formatSelector(use.selector)}, but the pods have ${pairsText(set.pods.labels) || 'no labels'}`;
}
