/** References that several kinds of the Gateway API make (apis/v1 shared_types.go and object_reference_types.go). */
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type { GroupKind, RouteMatch } from '../resource';
import type { KindTable, OldApi, ReferenceSpec } from './define';

export const gatewayGroup = 'gateway.networking.k8s.io';
/** The group of what is only proposed yet; ListenerSets began there as XListenerSets. */
export const experimentalGroup = 'gateway.networking.x-k8s.io';

/** The kind that a reference names; what is left out is filled in by the API server. */
export function target(byDefault: GroupKind): (at: Field) => GroupKind {
  return (at) => ({
    group: textAt(field(at, 'group')) ?? byDefault.group,
    kind: textAt(field(at, 'kind')) ?? byDefault.kind,
  });
}

/** SecretObjectReference. */
export function secretReference(path: string): ReferenceSpec {
  return attached(path, { group: '', kind: 'Secret' });
}

/** ObjectReference to the certificates of an authority: a ConfigMap or Secret, whose kind must be written. */
export function authorityReference(path: string): ReferenceSpec {
  return attached(path, { group: '', kind: 'ConfigMap' });
}

/** What a controller is configured with: it must say its group and kind. */
export function parametersReference(path: string): ReferenceSpec {
  return attached(path, { group: '', kind: '' });
}

function attached(path: string, byDefault: GroupKind): ReferenceSpec {
  return { role: 'attaches', path, name: 'name', namespace: 'namespace', target: target(byDefault) };
}

/** ParentReference: a Gateway unless something else is written, and only one of its listeners where a section is named. */
const parentReference: ReferenceSpec = {
  role: 'attaches',
  path: 'spec.parentRefs.*',
  name: 'name',
  namespace: 'namespace',
  port: ['port'],
  target: target({ group: gatewayGroup, kind: 'Gateway' }),
};

/** BackendRef, also of a filter that sends a copy elsewhere. `up` leads from the reference to its rule. */
function backendReference(path: string, up: number): ReferenceSpec {
  return {
    role: 'routes',
    path,
    name: 'name',
    namespace: 'namespace',
    port: ['port'],
    target: target({ group: '', kind: 'Service' }),
    route: (at) => routeOf(ancestor(at, up)),
  };
}

function ancestor(at: Field, up: number): Field | undefined {
  return up === 0 ? at : at.parent && ancestor(at.parent, up - 1);
}

/** The first host and path of a rule stand for the others where a route is shown: rule -> rules -> spec. */
function routeOf(rule: Field | undefined): RouteMatch {
  const spec = rule?.parent?.parent;
  const [host] = spec ? each(field(spec, 'hostnames')) : [];
  const [match] = rule ? each(field(rule, 'matches')) : [];
  const path = match && field(match, 'path');
  return {
    host: host && scalarAt(host),
    path: path && scalarAt(field(path, 'value')),
    pathType: path && scalarAt(field(path, 'type')),
  };
}

/** What all routes share. */
export const routeTable = {
  group: gatewayGroup,
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  gatewayApi: 'route',
  references: [
    parentReference,
    backendReference('spec.rules.*.backendRefs.*', 2),
    backendReference('spec.rules.*.filters.*.requestMirror.backendRef', 4),
    backendReference('spec.rules.*.backendRefs.*.filters.*.requestMirror.backendRef', 6),
  ],
} as const satisfies Omit<KindTable, 'kind'>;

/** The class of a Gateway that has none written is a mistake; there is no default. */
export const classReference: ReferenceSpec = {
  role: 'attaches',
  path: 'spec',
  name: 'gatewayClassName',
  target: { group: gatewayGroup, kind: 'GatewayClass' },
};

/** v1alpha2 of the kinds that were the first to become v1beta1 (kubernetes-sigs/gateway-api #1405, #2069). */
export const firstBetas: readonly OldApi[] = [
  {
    apiVersion: `${gatewayGroup}/v1alpha2`,
    deprecatedIn: '0.6',
    removedIn: '0.8',
    replacement: `${gatewayGroup}/v1`,
    releasedBy: 'Gateway API',
  },
];

/** v1alpha2 of GRPCRoute and ReferenceGrant (Gateway API v1.2 changelog). */
export function removedInOnePointTwo(deprecatedIn: string, replacement: string): readonly OldApi[] {
  return [
    {
      apiVersion: `${gatewayGroup}/v1alpha2`,
      deprecatedIn,
      removedIn: '1.2',
      replacement: `${gatewayGroup}/${replacement}`,
      releasedBy: 'Gateway API',
    },
  ];
}

/** What a ListenerSet and its older spelling share. */
export const listenerSetTable = {
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  gatewayApi: 'gateway',
  references: [
    {
      role: 'attaches',
      path: 'spec.parentRef',
      name: 'name',
      namespace: 'namespace',
      target: target({ group: gatewayGroup, kind: 'Gateway' }),
    },
    secretReference('spec.listeners.*.tls.certificateRefs.*'),
    authorityReference('spec.listeners.*.tls.frontendValidation.caCertificateRefs.*'),
  ],
} as const satisfies Omit<KindTable, 'group' | 'kind'>;
