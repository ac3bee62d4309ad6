import { readCluster } from '../cluster/read';
import type { Field } from '../path';
import { each, field, root, scalarAt, select, textAt } from '../path';
import type { Pods } from '../pod-facts';
import type { GroupKind, Reference, Resource, ScrapedPort, SelectorUse, TlsFacts } from '../resource';
import { isTemplated } from '../templated';
import { entries, get, items, scalar } from '../value';
import type { Scalar, Value } from '../value';
import type { KindTable, PodsSpec, ReferenceSpec, ScrapeSpec } from './define';
import { readDataAddresses, readPodAddresses } from './read-addresses';
import { readGatewayApi } from './read-gateway';
import { readClusterPolicy } from './read-cluster-policy';
import { readLabels, readPods, subdomainReference } from './read-pods';
import { readNetworkPolicy } from './read-policy';
import { readSelectors } from './read-selectors';
import { manualReference, readService, readSlice, readSubsets } from './read-service';
import { groupKindOf, successor, tableOf } from './table';

/** A resource, and the tree it was read from for those that judge one resource alone. */
export interface ReadResource {
  readonly resource: Resource;
  readonly tree: Field;
}

/** Custom kinds that make pods nearly always do it by a core pod template here. */
const customPods: PodsSpec = {
  template: 'spec.template',
  replicas: 'spec.replicas',
  defaultReplicas: undefined,
  runtimeLabels: [],
  serves: true,
};

/** What makes a map an object of the Kubernetes API: its version and kind. */
interface TypeMeta {
  readonly apiVersion: Scalar;
  readonly kind: Scalar;
}

function typeMeta(value: Value | undefined): TypeMeta | undefined {
  const apiVersion = scalar(value, 'apiVersion');
  const kind = scalar(value, 'kind');
  return apiVersion && kind && { apiVersion, kind };
}

/**
 * The resources of one document: the object itself, or the items of a List. `first` is the index of the first,
 * `namespace` that of resources that name none (undefined: unknown), `uri` what they are applied with: their file,
 * unless a bundle is named.
 */
export function readResources(
  value: Value | undefined,
  owned: boolean,
  first: number,
  namespace: string | undefined,
  uri = value?.origin.uri,
): ReadResource[] {
  const type = typeMeta(value);
  if (!value || !type) return [];
  const list = type.kind.text.endsWith('List') ? items(get(value, 'items')) : [];
  const objects = list.flatMap((item) => {
    const own = typeMeta(item) ?? itemType(item, type);
    return own ? [{ value: item, type: own }] : [];
  });
  return (objects.length > 0 ? objects : [{ value, type }]).flatMap((object, index) =>
    readResource(object, owned, first + index, namespace, uri ?? object.value.origin.uri),
  );
}

/** Items of a list of one kind may leave out what the list says: those of a PodList are Pods (unstructured.UnstructuredJSONScheme). */
function itemType(item: Value, list: TypeMeta): TypeMeta | undefined {
  const kind = list.kind.text.slice(0, -'List'.length);
  if (kind === '' || item.type !== 'map') return undefined;
  return { ...list, kind: { ...list.kind, text: kind, value: kind, origin: { ...list.kind.origin, verbatim: false } } };
}

function readResource(
  { value, type }: { readonly value: Value; readonly type: TypeMeta },
  owned: boolean,
  index: number,
  namespace: string | undefined,
  uri: string,
): readonly ReadResource[] {
  const { apiVersion, kind } = type;
  const tree = root(value);
  const written = {
    name: scalarAt(field(tree, 'metadata', 'name')),
    namespace: scalarAt(field(tree, 'metadata', 'namespace')),
  };
  const groupKind = groupKindOf(apiVersion.text, kind.text);
  const table = tableOf(groupKind);
  const annotations = readLabels(field(tree, 'metadata', 'annotations'));
  const manual =
    table?.manual === 'subsets' ? readSubsets(tree) : table?.manual === 'slice' ? readSlice(tree) : undefined;
  const podFacts = pods(tree, table);
  const references = [
    ...(table?.references ?? [])
      .filter((spec) => spec.apiVersions?.includes(apiVersion.text) ?? true)
      .flatMap((spec) => readReferences(tree, spec)),
    ...(manual
      ? manualReference(
          manual,
          table?.manual === 'slice' ? 'metadata.labels[kubernetes.io/service-name]' : 'metadata.name',
        )
      : []),
    ...(podFacts?.configMaps ?? []).map(({ reference }) => reference),
    ...(podFacts && !table?.pods?.governedByService ? subdomainReference(podSpec(tree, table)) : []),
  ];
  const selectors = (table?.selectors ?? [])
    .filter((spec) => spec.apiVersions?.includes(apiVersion.text) ?? true)
    .flatMap((spec) => readSelectors(tree, spec));
  const resource: Resource = {
    // Every field by its name: an object that begins with a spread is a slow one, and there are thousands.
    group: groupKind.group,
    kind: groupKind.kind,
    apiVersion: apiVersion.text,
    namespace: written.namespace?.text || table?.clusterScoped === true ? known(written.namespace?.text) : namespace,
    name: known(written.name?.text),
    uri,
    index,
    at: value.origin,
    nameAt: written.name?.origin ?? kind.origin,
    names: { apiVersion, kind, name: written.name, namespace: written.namespace },
    clusterScoped: table?.clusterScoped === true,
    owned,
    labels: readLabels(field(tree, 'metadata', 'labels')),
    annotations,
    pods: podFacts,
    service: table?.exposesPorts ? readService(tree) : undefined,
    manual,
    data: table?.keepsData
      ? {
          type: scalarAt(field(tree, 'type')),
          keys: ['data', 'binaryData', 'stringData'].flatMap((map) =>
            entries(field(tree, map).value).map((item) => item.key),
          ),
        }
      : undefined,
    gateway: table?.gatewayApi ? readGatewayApi(tree, table.gatewayApi, references) : undefined,
    cluster: readCluster(tree, groupKind.group, groupKind.kind),
    selectors,
    scrapes: (table?.scrapes ?? []).flatMap((spec) => readScrapes(tree, spec)),
    tls: table?.tls === undefined ? [] : select(tree, table.tls).map(readTls),
    policy: table?.policy ? readPolicy(tree, table.policy, selectors) : undefined,
    addresses: podFacts ? readPodAddresses(podSpec(tree, table)) : table?.keepsTexts ? readDataAddresses(tree) : [],
    references,
  };
  return [{ resource, tree }];
}

function podSpec(tree: Field, table: KindTable | undefined): Field {
  const { template } = table?.pods ?? customPods;
  return field(tree, ...(template === '' ? [] : template.split('.')), 'spec');
}

function readPolicy(tree: Field, form: NonNullable<KindTable['policy']>, selectors: readonly SelectorUse[]) {
  return form === 'namespaced'
    ? readNetworkPolicy(tree, selectors)
    : readClusterPolicy(tree, form === 'spec.tier' ? undefined : form, selectors);
}

function readScrapes(tree: Field, spec: ScrapeSpec): ScrapedPort[] {
  return select(tree, spec.path).flatMap((at) => {
    for (const { field: name, of } of spec.ports) {
      const port = scalarAt(field(at, name));
      if (port && port.text !== '') return [{ of, port, path: `${at.path}.${name}` }];
    }
    return [];
  });
}

function readTls(at: Field): TlsFacts {
  return { hosts: each(field(at, 'hosts')).flatMap((host) => scalarAt(host) ?? []), at: at.at };
}

/** A name or namespace that is empty or templated is not known. */
function known(text: string | undefined): string | undefined {
  return text === undefined || text === '' || isTemplated(text) ? undefined : text;
}

function pods(tree: Field, table: KindTable | undefined): Pods | undefined {
  if (table?.pods) return readPods(tree, table.pods);
  if (table || field(tree, 'spec', 'template', 'spec', 'containers').value?.type !== 'list') return undefined;
  return readPods(tree, customPods);
}

function readReferences(tree: Field, spec: ReferenceSpec): Reference[] {
  return select(tree, spec.path).flatMap((at) => {
    const name = scalarAt(spec.name === '' ? at : field(at, ...spec.name.split('.')));
    const raw: GroupKind | undefined = typeof spec.target === 'function' ? spec.target(at) : spec.target;
    if (!name || name.text === '' || !raw) return [];
    const port = (spec.port ?? [])
      .map((path) => scalarAt(field(at, ...path.split('.'))))
      .find((found) => found !== undefined);
    const namePath = spec.name === '' ? at.path : `${at.path}.${spec.name}`;
    return [
      {
        role: spec.role,
        target: successor(raw),
        name,
        namespace: spec.namespace === undefined ? undefined : scalarAt(field(at, ...spec.namespace.split('.'))),
        port,
        portByDefault: spec.portByDefault,
        targetPort: spec.targetPort === undefined ? undefined : scalarAt(field(at, ...spec.targetPort.split('.'))),
        route: spec.route?.(at),
        optional: spec.optional !== undefined && textAt(field(at, ...spec.optional.split('.'))) === 'true',
        path: namePath,
        at: at.at,
      },
    ];
  });
}
