import { defineRule } from './define';
import { serviceBackends } from './shared/ingress-backends';
import { namesNothing } from './shared/names-nothing';

/** A backend that does not exist is answered with 503 by every controller. */
export const ingressServiceUnresolved = defineRule({
  id: 'ingress-service-unresolved',
  summary: 'An Ingress routes to a Service that is not there',
  levels: ['warning', 'information'],
  about: ['reference routes'],
  *linked(resource, links) {
    for (const reference of serviceBackends(resource)) {
      const draft = namesNothing(resource, reference, links, {
        boundary: `, and an ${resource.kind} reaches Services of its own namespace only`,
        mayBeMeant: () => true,
      });
      if (draft) yield draft;
    }
  },
});
