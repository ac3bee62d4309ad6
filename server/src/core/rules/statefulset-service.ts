import { tableOf } from '../kinds/table';
import { defineRule } from './define';
import { judgeGoverning } from './shared/governing-service';
import { kindAndName } from './shared/words';

/** `serviceName` is the headless Service under whose name each pod gets a DNS name (apps/v1 StatefulSetSpec). */
export const statefulsetService = defineRule({
  id: 'statefulset-service',
  summary: 'The serviceName of a StatefulSet is no headless Service that selects its pods',
  levels: ['warning', 'information'],
  about: ['pods'],
  *linked(resource, links) {
    if (!resource.pods || !tableOf(resource)?.pods?.governedByService) return;
    const pods = `the pods of ${kindAndName(resource)}`;
    const consequence = {
      certain: `, so ${pods} get no DNS names of their own`,
      unsure: `, so nothing promises ${pods} DNS names of their own`,
    };
    for (const reference of resource.references) {
      if (reference.role !== 'attaches') continue;
      const draft = judgeGoverning(resource, reference, links, consequence);
      if (draft) yield draft;
    }
  },
});
