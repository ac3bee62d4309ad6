import type {
  AllowedNamespaces,
  BackendFacts,
  GatewayFacts,
  ListenerFacts,
  MatchFacts,
  NamedMatch,
  ParentFacts,
  RuleFacts,
  TextMatch,
} from '../gateway-facts';
import { fromLabelSelector, everything } from '../labels';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, select, textAt } from '../path';
import type { Reference } from '../resource';
import { isTemplated } from '../templated';
import { readExpression } from './read-selectors';

/** What an object of the Gateway API says. `references` are those of its table; facts point at them. */
export function readGatewayApi(
  tree: Field,
  type: GatewayFacts['type'],
  references: readonly Reference[],
): GatewayFacts {
  const byPath = new Map(references.map((reference) => [reference.path, reference]));
  const referenceAt: ReferenceAt = (at) => byPath.get(`${at.path}.name`);
  const spec = field(tree, 'spec');
  switch (type) {
    case 'gateway': {
      return {
        type,
        gateway: {
          listeners: each(field(spec, 'listeners')).map((at) => readListener(at, referenceAt)),
          allowedListeners: readNamespaces(field(spec, 'allowedListeners', 'namespaces'), 'None', spec),
          parent: referenceAt(field(spec, 'parentRef')),
          addresses: select(spec, 'addresses.*.value').flatMap((at) => scalarAt(at) ?? []),
        },
      };
    }
    case 'route':
      return {
        type,
        route: {
          parents: each(field(spec, 'parentRefs')).flatMap((at) => readParent(at, referenceAt)),
          hostnames: select(spec, 'hostnames.*').flatMap((at) => scalarAt(at) ?? []),
          rules: each(field(spec, 'rules')).map((at) => readRule(at, referenceAt)),
        },
      };
    case 'grant':
      return {
        type,
        grant: {
          from: each(field(spec, 'from')).map((at) => ({
            ...groupKindAt(at),
            namespace: textAt(field(at, 'namespace')),
          })),
          to: each(field(spec, 'to')).map((at) => ({
            ...groupKindAt(at),
            name: textAt(field(at, 'name')) || undefined,
          })),
        },
      };
  }
}

type ReferenceAt = (at: Field) => Reference | undefined;

const gatewayGroup = 'gateway.networking.k8s.io';

function groupKindAt(at: Field) {
  return { group: textAt(field(at, 'group')) ?? '', kind: textAt(field(at, 'kind')) ?? '' };
}

function readListener(at: Field, referenceAt: ReferenceAt): ListenerFacts {
  const text = (...keys: readonly string[]) => scalarAt(field(at, ...keys));
  return {
    name: text('name'),
    port: text('port'),
    protocol: text('protocol'),
    hostname: text('hostname'),
    tlsMode: text('tls', 'mode'),
    certificates: each(field(at, 'tls', 'certificateRefs')).flatMap((item) => referenceAt(item) ?? []),
    allowedNamespaces: readNamespaces(field(at, 'allowedRoutes', 'namespaces'), 'Same', at),
    allowedKinds: select(at, 'allowedRoutes.kinds.*').map((item) => ({
      group: textAt(field(item, 'group')) ?? gatewayGroup,
      kind: textAt(field(item, 'kind')) ?? '',
    })),
    path: at.path,
    at: at.at,
  };
}

function readNamespaces(at: Field, byDefault: string, around: Field): AllowedNamespaces {
  const from = field(at, 'from');
  return {
    from: textAt(from) ?? byDefault,
    selector: readNamespaceSelector(field(at, 'selector')),
    at: scalarAt(from)?.origin ?? at.key?.origin ?? scalarAt(field(around, 'name'))?.origin ?? around.at,
  };
}

function readNamespaceSelector(at: Field) {
  const pairs = eachEntry(field(at, 'matchLabels')).map((item) => [item.key?.text ?? '', textAt(item) ?? ''] as const);
  const expressions = each(field(at, 'matchExpressions')).map(readExpression);
  if ([...pairs.flat(), ...expressions.flatMap(({ values }) => values)].some(isTemplated)) return undefined;
  if (pairs.length + expressions.length === 0) return at.key ? everything : undefined;
  return fromLabelSelector({ matchLabels: new Map(pairs), matchExpressions: expressions });
}

function readParent(at: Field, referenceAt: ReferenceAt): ParentFacts[] {
  const reference = referenceAt(at);
  return reference
    ? [{ reference, sectionName: scalarAt(field(at, 'sectionName')), port: scalarAt(field(at, 'port')) }]
    : [];
}

function readRule(at: Field, referenceAt: ReferenceAt): RuleFacts {
  return {
    matches: each(field(at, 'matches')).map(readMatch),
    backends: each(field(at, 'backendRefs')).flatMap((item) => readBackend(item, referenceAt)),
    redirects: each(field(at, 'filters')).some((filter) => textAt(field(filter, 'type')) === 'RequestRedirect'),
    path: at.path,
  };
}

function readBackend(at: Field, referenceAt: ReferenceAt): BackendFacts[] {
  const reference = referenceAt(at);
  const weight = scalarAt(field(at, 'weight'))?.value;
  return reference ? [{ reference, weight: typeof weight === 'number' ? weight : 1 }] : [];
}

function readMatch(at: Field): MatchFacts {
  const method = field(at, 'method');
  return {
    path: method.value?.type === 'map' ? readGrpcMethod(method) : readText(field(at, 'path'), 'PathPrefix', '/'),
    method: textAt(method),
    headers: each(field(at, 'headers')).map(readNamed),
    queryParams: each(field(at, 'queryParams')).map(readNamed),
  };
}

function readText(at: Field, type: string, value: string): TextMatch | undefined {
  return at.value ? { type: textAt(field(at, 'type')) ?? type, value: textAt(field(at, 'value')) ?? value } : undefined;
}

function readNamed(at: Field): NamedMatch {
  return {
    name: textAt(field(at, 'name')) ?? '',
    type: textAt(field(at, 'type')) ?? 'Exact',
    value: textAt(field(at, 'value')) ?? '',
  };
}

/**
 * A call of gRPC is a POST of `/service/method`, and either may be left out. `Method` stands for a path of two elements
 * that ends with the value.
 */
function readGrpcMethod(at: Field): TextMatch {
  const type = textAt(field(at, 'type')) ?? 'Exact';
  const service = textAt(field(at, 'service'));
  const method = textAt(field(at, 'method'));
  if (type !== 'Exact') return { type, value: `/${service ?? ''}/${method ?? ''}` };
  if (service === undefined) return { type: 'Method', value: `/${method ?? ''}` };
  return method === undefined
    ? { type: 'PathPrefix', value: `/${service}` }
    : { type: 'Exact', value: `/${service}/${method}` };
}
