/** `namespace`: sets the namespace of objects that have one, and of what names it (NamespaceTransformer). */
import type { ListValue, MapValue, Scalar, Value } from '../../value';
import { get, scalar } from '../../value';
import type { FieldSpec, Making } from './field-spec';
import { setField, setSelected, specsFor } from './field-spec';
import { gvkOf, idOf, showId } from './identity';
import type { Item } from './item';
import { rememberId } from './item';
import { asText, text, written } from './made';
import { fail } from './problem';
import { createMemory } from './remembered';
import { isClusterScoped } from './scopes';
import { withEntry, withItems } from './tree';

/** Which subjects of role bindings are moved; a NamespaceTransformer of its own may say. */
export type Subjects = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly unsetOnly?: boolean;
  readonly subjects?: Subjects;
}

const remembered = createMemory<MapValue>();

/** Sets the namespace in all objects. Fails when two objects become one. */
export function setNamespace(
  items: readonly Item[],
  namespace: Scalar,
  specs: readonly FieldSpec[],
  { unsetOnly = false, subjects = 'defaultOnly' }: NamespaceOptions = {},
): void {
  const name = asText(namespace);
  const making: Making = { kind: 'scalar', at: namespace.origin };
  const set = (old: Value | undefined): Value | undefined =>
    old?.type === 'map' || old?.type === 'list'
      ? fail('invalid-configuration', 'a namespace field holds a text', old.origin)
      : unsetOnly && old?.type === 'scalar' && old.text !== '' && old.value !== null
        ? old
        : written(name, old);
  const moved = (old: MapValue): MapValue => {
    const gvk = gvkOf(old);
    const isBinding = gvk.kind === 'RoleBinding' || gvk.kind === 'ClusterRoleBinding';
    let tree = isClusterScoped(gvk) ? old : setField(old, { path: 'metadata/namespace', create: true }, making, set);
    if (isBinding && subjects !== 'none') tree = moveSubjects(tree, subjects, set);
    for (const spec of specsFor(specs, tree))
      if (
        spec.path !== 'metadata/namespace' &&
        !(isBinding && isSubjects(spec)) &&
        !(spec.path === 'metadata/name' && gvk.group !== '')
      )
        tree = setSelected(tree, spec, making, set);
    return tree;
  };
  for (const item of items) {
    rememberId(item);
    item.tree = remembered(namespace, specs, item.tree, () => moved(item.tree));
  }
  const seen = new Set<string>();
  for (const { tree } of items) {
    const id = idOf(tree);
    if (seen.has(id.key)) fail('duplicate-id', `the namespace makes two objects ${showId(id)}`, namespace.origin);
    seen.add(id.key);
  }
}

function isSubjects({ kind, path }: FieldSpec): boolean {
  return (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') && /^subjects(?:\/namespace)?$/.test(path);
}

function moveSubjects(tree: MapValue, mode: Subjects, set: (old: Value | undefined) => Value | undefined): MapValue {
  const subjects = get(tree, 'subjects');
  if (subjects?.type !== 'list') return tree;
  const isMoved = (subject: Value) =>
    mode === 'defaultOnly'
      ? scalar(subject, 'name')?.text === 'default'
      : scalar(subject, 'kind')?.text === 'ServiceAccount';
  const moved: ListValue = withItems(
    subjects,
    subjects.items.map((subject) => {
      if (subject.type !== 'map' || !isMoved(subject)) return subject;
      const namespace = set(get(subject, 'namespace'));
      return namespace
        ? withEntry(subject, text('namespace', { ...subject.origin, verbatim: false }), namespace)
        : subject;
    }),
  );
  return withEntry(tree, text('subjects', subjects.origin), moved);
}
