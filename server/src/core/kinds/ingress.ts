import type { Field } from '../path';
import { field, scalarAt } from '../path';
import type { RouteMatch } from '../resource';
import { defineKind } from './define';
import type { ReferenceSpec } from './define';

const service = { group: '', kind: 'Service' };
const older = ['extensions/v1beta1', 'networking.k8s.io/v1beta1'];
const current = ['networking.k8s.io/v1'];

/** The path item a backend stands in, and the rule around it: backend -> paths[i] -> paths -> http -> rules[j]. */
function match(path: Field | undefined): RouteMatch {
  const rule = path?.parent?.parent?.parent;
  const text = (at: Field | undefined, key: string) => (at ? scalarAt(field(at, key)) : undefined);
  return { host: text(rule, 'host'), path: text(path, 'path'), pathType: text(path, 'pathType') };
}

const everywhere: RouteMatch = { host: undefined, path: undefined, pathType: undefined };

const references: readonly ReferenceSpec[] = [
  {
    role: 'routes',
    path: 'spec.rules.*.http.paths.*.backend.service',
    name: 'name',
    port: ['port.number', 'port.name'],
    target: service,
    route: (at) => match(at.parent?.parent),
    apiVersions: current,
  },
  {
    role: 'routes',
    path: 'spec.defaultBackend.service',
    name: 'name',
    port: ['port.number', 'port.name'],
    target: service,
    route: () => everywhere,
    apiVersions: current,
  },
  {
    role: 'routes',
    path: 'spec.rules.*.http.paths.*.backend',
    name: 'serviceName',
    port: ['servicePort'],
    target: service,
    route: (at) => match(at.parent),
    apiVersions: older,
  },
  {
    role: 'routes',
    path: 'spec.backend',
    name: 'serviceName',
    port: ['servicePort'],
    target: service,
    route: () => everywhere,
    apiVersions: older,
  },
  { role: 'attaches', path: 'spec.tls.*', name: 'secretName', target: { group: '', kind: 'Secret' } },
  {
    role: 'attaches',
    path: 'spec',
    name: 'ingressClassName',
    target: { group: 'networking.k8s.io', kind: 'IngressClass' },
  },
];

/** networking.k8s.io Ingress, and its two older spellings. */
export const ingress = defineKind({
  group: 'networking.k8s.io',
  kind: 'Ingress',
  olderGroups: ['extensions'],
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'extensions/v1beta1', deprecatedIn: '1.14', removedIn: '1.22', replacement: 'networking.k8s.io/v1' },
    {
      apiVersion: 'networking.k8s.io/v1beta1',
      deprecatedIn: '1.19',
      removedIn: '1.22',
      replacement: 'networking.k8s.io/v1',
    },
  ],
  chosenAs: 'ingresses',
  tls: 'spec.tls.*',
  references,
  misplaced: [
    { under: 'spec', field: 'host', hint: 'the host of an Ingress belongs to a rule: spec.rules[].host' },
    { under: 'spec', field: 'paths', hint: 'the paths of an Ingress belong to a rule: spec.rules[].http.paths' },
    { under: 'spec.rules.*', field: 'paths', hint: 'the paths of a rule stand under http: spec.rules[].http.paths' },
    { under: 'spec', field: 'ports', hint: 'an Ingress has no ports; its backends name a port of a Service' },
  ],
});
