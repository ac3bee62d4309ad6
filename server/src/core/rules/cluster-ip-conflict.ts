import { say } from '../finding';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { firstOfEach } from './shared/first-of-each';
import { named } from './shared/words';

/** A cluster IP is given to one Service only (the Service IP allocator). */
export const clusterIpConflict = defineRule({
  id: 'cluster-ip-conflict',
  summary: 'Two Services that are applied together ask for the same clusterIP',
  levels: ['error'],
  about: ['service'],
  *together(reads) {
    const asked = reads.flatMap(({ resource }) =>
      (resource.service?.clusterIPs ?? []).flatMap((ip) => (isTemplated(ip.text) ? [] : [{ resource, ip }])),
    );
    for (const { item, first } of firstOfEach(asked, ({ ip }) => ip.text.toLowerCase())) {
      yield {
        level: 'error',
        at: item.ip.origin,
        path: 'spec.clusterIP',
        resource: item.resource,
        message: say`clusterIP ${item.ip.text} is already taken by ${named(first.resource)}: the API server refuses the second Service; choose another, or leave clusterIP out`,
        related: [{ at: first.ip.origin, message: say`${named(first.resource)} takes it here` }],
      };
    }
  },
});
