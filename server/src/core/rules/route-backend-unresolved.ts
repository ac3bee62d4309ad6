import { defineRule } from './define';
import { addNamespace } from './shared/add-beside';
import { routeBackends } from './shared/gateway-routes';
import { namesNothing } from './shared/names-nothing';

/** Requests to a backend that does not exist are answered with 500 (HTTPBackendRef: BackendNotFound). */
export const routeBackendUnresolved = defineRule({
  id: 'route-backend-unresolved',
  summary: 'A route of the Gateway API leads to a Service that is not there',
  levels: ['warning', 'information'],
  about: ['gateway'],
  *linked(resource, links) {
    for (const reference of routeBackends(resource)) {
      const draft = namesNothing(resource, reference, links, {
        boundary: reference.namespace
          ? undefined
          : ', which the backendRef must name, and a ReferenceGrant there must allow it',
        mayBeMeant: () => true,
      });
      if (draft) yield { ...draft, fixes: [...(draft.fixes ?? []), ...addNamespace(resource, reference, links)] };
    }
  },
});
