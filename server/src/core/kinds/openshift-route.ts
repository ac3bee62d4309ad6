import { field, scalarAt } from '../path';
import type { Field } from '../path';
import type { RouteMatch } from '../resource';
import { defineKind } from './define';

const service = { group: '', kind: 'Service' };

function match(spec: Field | undefined): RouteMatch {
  const text = (key: string) => (spec ? scalarAt(field(spec, key)) : undefined);
  return { host: text('host'), path: text('path'), pathType: undefined };
}

/** route.openshift.io Route: one host and path to a Service, by the name of its port or the number that its pods listen on. */
export const openshiftRoute = defineKind({
  group: 'route.openshift.io',
  kind: 'Route',
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  references: [
    { role: 'routes', path: 'spec', name: 'to.name', targetPort: 'port.targetPort', target: service, route: match },
    {
      role: 'routes',
      path: 'spec.alternateBackends.*',
      name: 'name',
      target: service,
      route: (at) => match(at.parent?.parent),
    },
  ],
});
