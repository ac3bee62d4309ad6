import type { WrittenRequirement } from '../labels';
import { everything, fromLabelSelector, fromServiceSelector } from '../labels';
import type { Field } from '../path';
import { each, field, root, scalarAt, select, textAt } from '../path';
import type { GroupKind, Pods, Reference, Resource, SelectorUse } from '../resource';
import { labelTexts } from '../resource';
import { isTemplated } from '../templated';
import { entries, scalar } from '../value';
import type { MapValue, Value } from '../value';
import type { KindTable, PodsSpec, ReferenceSpec, SelectorSpec } from './define';
import { readLabels, readPods } from './read-pods';
import { manualReference, readService, readServiceCidrs, readSlice, readSubsets } from './read-service';
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

/** Whether a map is an object of the Kubernetes API: it names its version and kind. */
export function isObject(value: Value | undefined): value is MapValue {
  return value?.type === 'map' && scalar(value, 'apiVersion') !== undefined && scalar(value, 'kind') !== undefined;
}

/**
 * The resources of one document: the object itself, or the items of a List. `first` is the index of the first,
 * `namespace` that of resources that name none (undefined: unknown).
 */
export function readResources(
  value: Value | undefined,
  owned: boolean,
  first: number,
  namespace: string | undefined,
): ReadResource[] {
  if (!isObject(value)) return [];
  const tree = root(value);
  const list = textAt(field(tree, 'kind'))?.endsWith('List') === true ? each(field(tree, 'items')) : [];
  const objects = list.filter((item) => isObject(item.value));
  if (objects.length > 0)
    return objects.map((item, index) =>
      readResource({ ...item, path: '', parent: undefined }, owned, first + index, namespace),
    );
  return [readResource(tree, owned, first, namespace)];
}

function readResource(tree: Field, owned: boolean, index: number, namespace: string | undefined): ReadResource {
  const value = tree.value as MapValue;
  const apiVersion = scalar(value, 'apiVersion');
  const kind = scalar(value, 'kind');
  if (!apiVersion || !kind) throw new Error('an object names its apiVersion and kind');
  const written = {
    name: scalarAt(field(tree, 'metadata', 'name')),
    namespace: scalarAt(field(tree, 'metadata', 'namespace')),
  };
  const groupKind = groupKindOf(apiVersion.text, kind.text);
  const table = tableOf(groupKind);
  const annotations = readLabels(field(tree, 'metadata', 'annotations'));
  const manual =
    table?.manual === 'subsets' ? readSubsets(tree) : table?.manual === 'slice' ? readSlice(tree) : undefined;
  const resource: Resource = {
    ...groupKind,
    apiVersion: apiVersion.text,
    namespace: written.namespace?.text || table?.clusterScoped === true ? known(written.namespace?.text) : namespace,
    name: known(written.name?.text),
    uri: value.origin.uri,
    index,
    at: value.origin,
    nameAt: written.name?.origin ?? kind.origin,
    names: { apiVersion, kind, ...written },
    clusterScoped: table?.clusterScoped === true,
    owned,
    labels: readLabels(field(tree, 'metadata', 'labels')),
    annotations,
    pods: pods(tree, table),
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
    serviceCidrs: table?.serviceCidrs ? readServiceCidrs(tree, table.serviceCidrs) : [],
    selectors: (table?.selectors ?? []).flatMap((spec) => readSelectors(tree, spec)),
    references: [
      ...(table?.references ?? [])
        .filter((spec) => spec.apiVersions?.includes(apiVersion.text) ?? true)
        .flatMap((spec) => readReferences(tree, spec)),
      ...(manual
        ? manualReference(
            manual,
            table?.manual === 'slice' ? 'metadata.labels[kubernetes.io/service-name]' : 'metadata.name',
          )
        : []),
    ],
  };
  return { resource, tree };
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

/** The selectors a table entry reaches. A path with `*` reaches only what is written; a plain path also what is absent. */
function readSelectors(tree: Field, spec: SelectorSpec): SelectorUse[] {
  const fields = spec.path.includes('*') ? selectPresent(tree, spec.path) : [field(tree, ...spec.path.split('.'))];
  return fields.map((at) => readSelector(at, spec)).filter((use) => use !== undefined);
}

/** As `select`, but the last key may hold null (`podSelector:` is the empty selector, and is a peer). */
function selectPresent(tree: Field, path: string): Field[] {
  const cut = path.lastIndexOf('.');
  const last = path.slice(cut + 1);
  return select(tree, path.slice(0, cut))
    .map((parent) => field(parent, last))
    .filter((at) => at.key !== undefined);
}

function readSelector(at: Field, spec: SelectorSpec): SelectorUse | undefined {
  const pairs = spec.form === 'map' ? readLabels(at) : readLabels(field(at, 'matchLabels'));
  const expressions = spec.form === 'map' ? [] : each(field(at, 'matchExpressions')).map(readExpression);
  const present = at.key !== undefined;
  if (!present && spec.absent === 'nothing' && spec.form === 'labelSelector') return undefined;
  const texts = [
    ...pairs.flatMap(({ key, value }) => [key.text, value.text]),
    ...expressions.flatMap(({ values }) => values),
  ];
  const labels = labelTexts(pairs);
  const isEmpty = labels.size === 0 && expressions.length === 0;
  const meaning = present ? spec.empty : spec.absent;
  const selector = isEmpty
    ? meaning === 'everything'
      ? everything
      : 'nothing'
    : spec.form === 'map'
      ? fromServiceSelector(labels)
      : fromLabelSelector({ matchLabels: labels, matchExpressions: expressions });
  return {
    role: spec.role,
    selects: spec.selects,
    selector: selector ?? 'nothing',
    pairs,
    unknown: selector === undefined || texts.some(isTemplated) || (at.value !== undefined && at.value.type !== 'map'),
    anyNamespace: at.parent !== undefined && field(at.parent, 'namespaceSelector').key !== undefined,
    path: at.path,
    at: at.at,
  };
}

function readExpression(at: Field): Required<WrittenRequirement> & { readonly values: string[] } {
  return {
    key: textAt(field(at, 'key')) ?? '',
    operator: textAt(field(at, 'operator')) ?? '',
    values: select(at, 'values.*').map((value) => textAt(value) ?? ''),
  };
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
        route: spec.route?.(at),
        optional: spec.optional !== undefined && textAt(field(at, ...spec.optional.split('.'))) === 'true',
        path: namePath,
        at: at.at,
      },
    ];
  });
}
