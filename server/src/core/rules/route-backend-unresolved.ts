import { defineRule } from './define';
import { addNamespace } from './shared/add-beside';
import { policyTargets, routeBackends } from './shared/gateway-routes';
import { namesNothing } from './shared/names-nothing';
import { articled } from './shared/words';

/**
 * Requests to a backend that does not exist are answered with 500 (HTTPBackendRef: BackendNotFound); a policy for a Service
 * that does not exist applies to nothing (PolicyConditionReason TargetNotFound).
 */
export const routeBackendUnresolved = defineRule({
  id: 'route-backend-unresolved',
  summary: 'A route or policy of the Gateway API names a Service that is not there',
  levels: ['warning', 'information'],
  about: ['gateway', 'reference applies'],
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
    for (const reference of policyTargets(resource)) {
      const draft = namesNothing(resource, reference, links, {
        consequence: ', so the policy applies to nothing',
        boundary: `, and ${articled(resource)} applies to Services of its own namespace only`,
        mayBeMeant: () => true,
      });
      if (draft) yield draft;
    }
  },
});
