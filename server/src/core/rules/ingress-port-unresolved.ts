import type { Reference, Resource } from '../resource';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { lacksPort } from './shared/backend-port';
import { serviceBackends } from './shared/ingress-backends';

/** A backend port is the port of the Service, by number or name, never its targetPort (networking/v1 ServiceBackendPort). */
export const ingressPortUnresolved = defineRule({
  id: 'ingress-port-unresolved',
  summary: 'An Ingress routes to a port that the Service does not have',
  levels: ['warning'],
  about: ['reference routes'],
  *linked(resource, links) {
    for (const reference of serviceBackends(resource)) {
      const draft = lacksPort(resource, reference, links, (port) => portPath(resource, reference, port));
      if (draft) yield draft;
    }
  },
});

/** The field that the API server would name: the backend's port, beside the name. */
function portPath({ apiVersion }: Resource, { path }: Reference, port: Scalar): string {
  const backend = path.slice(0, path.lastIndexOf('.'));
  if (apiVersion !== 'networking.k8s.io/v1') return `${backend}.servicePort`;
  return `${backend}.port.${typeof port.value === 'number' ? 'number' : 'name'}`;
}
