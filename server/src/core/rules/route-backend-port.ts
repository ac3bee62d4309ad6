import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { likely } from '../links';
import type { Reference, Resource } from '../resource';
import { defineRule } from './define';
import { addBeside } from './shared/add-beside';
import { lacksPort } from './shared/backend-port';
import { holderPath, policyTargets, routeBackends } from './shared/gateway-routes';

/** A backendRef to a Service needs the number of a port of the Service, never its targetPort (BackendObjectReference). */
export const routeBackendPort = defineRule({
  id: 'route-backend-port',
  summary: 'A route or policy of the Gateway API names no port of the Service, or one that it does not have',
  levels: ['warning', 'error'],
  about: ['gateway', 'reference applies'],
  *linked(resource, links) {
    for (const reference of routeBackends(resource)) {
      const draft = reference.port
        ? lacksPort(resource, reference, links, () => `${holderPath(reference)}.port`)
        : missing(resource, reference, links);
      if (draft) yield draft;
    }
    // Without a sectionName a policy is for all ports.
    for (const reference of policyTargets(resource)) {
      const path = `${holderPath(reference)}.sectionName`;
      const draft = lacksPort(resource, reference, links, () => path, 'a sectionName is the name of');
      if (draft) yield draft;
    }
  },
});

/** The API server refuses the route. */
function missing(from: Resource, reference: Reference, links: Links): Draft {
  return {
    level: 'error',
    at: reference.name.origin,
    path: `${holderPath(reference)}.port`,
    message: say`the backendRef to Service ${reference.name.text} needs a port of the Service; without one the API server refuses the route`,
    fixes: portFixes(from, reference, links),
  };
}

/** The one port of the Service, when it is here. */
function portFixes(from: Resource, reference: Reference, links: Links): Fix[] {
  const ports = likely(links.resolve(from, reference)).flatMap(({ service }) => service?.ports ?? []);
  const [only] = ports;
  const { at, name } = reference;
  if (ports.length !== 1 || typeof only?.port?.value !== 'number') return [];
  if (!name.origin.verbatim || at.uri !== from.at.uri) return [];
  return [{ title: `Add port: ${only.port.value}`, edits: [addBeside(links.text(from), at, 'port', only.port.value)] }];
}
