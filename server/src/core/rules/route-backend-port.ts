import { defineRule } from './define';
import { lacksPort } from './shared/backend-port';
import { holderPath, routeBackends } from './shared/gateway-routes';

/** The port of a backendRef is the number of a port of the Service, never its targetPort (BackendObjectReference). */
export const routeBackendPort = defineRule({
  id: 'route-backend-port',
  summary: 'A route of the Gateway API names a port that the Service does not have',
  levels: ['warning'],
  *linked(resource, links) {
    for (const reference of routeBackends(resource)) {
      const draft = lacksPort(resource, reference, links, () => `${holderPath(reference)}.port`);
      if (draft) yield draft;
    }
  },
});
