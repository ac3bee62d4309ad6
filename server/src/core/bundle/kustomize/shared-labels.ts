/**
 * Labels that are one: the fields in which a label transformer makes a label hold one value in the real tool, and what is
 * written over one of them is written over all. An overlay that changes only `metadata.labels.app` so changes the
 * selector that a base's `commonLabels` made.
 */
import type { MapValue, Scalar, Value } from '../../value';
import { get } from '../../value';
import type { Item } from './item';

/** Runs a step, then writes what it wrote over one field of a shared label into the others. */
export function sharing(items: readonly Item[], step: () => void): void {
  const before = items.filter(({ shared }) => shared.length > 0).map((item) => ({ item, tree: item.tree }));
  step();
  for (const { item, tree } of before) if (item.shared.length > 0 && item.tree !== tree) spread(item, tree);
}

function spread(item: Item, before: MapValue): void {
  const changed = new Map<Value, Scalar>();
  find(before, item.tree, new Set<Value>(item.shared), changed);
  if (changed.size === 0) return;
  const tree = written(item.tree, before, changed);
  if (tree.type === 'map') item.tree = tree;
  item.shared = item.shared.map((label) => changed.get(label) ?? label);
}

/** Where a shared label stood and another text stands now. */
function find(before: Value, after: Value | undefined, shared: ReadonlySet<Value>, changed: Map<Value, Scalar>): void {
  if (before === after || after === undefined) return;
  if (before.type === 'scalar') {
    if (after.type === 'scalar' && shared.has(before) && !changed.has(before)) changed.set(before, after);
  } else if (before.type === 'list') {
    if (after.type === 'list' && after.items.length === before.items.length)
      before.items.forEach((item, index) => find(item, after.items[index], shared, changed));
  } else for (const { key, value } of before.entries) find(value, get(after, key.text), shared, changed);
}

function written(value: Value, before: Value | undefined, changed: ReadonlyMap<Value, Scalar>): Value {
  if (value.type === 'scalar') return changed.get(value) ?? (before && changed.get(before)) ?? value;
  if (value.type === 'list') {
    const former = before?.type === 'list' && before.items.length === value.items.length ? before.items : [];
    const items = value.items.map((item, index) => written(item, former[index], changed));
    return items.every((item, index) => item === value.items[index]) ? value : { ...value, items };
  }
  const entries = value.entries.map((entry) => {
    const next = written(entry.value, get(before, entry.key.text), changed);
    return next === entry.value ? entry : { key: entry.key, value: next };
  });
  return entries.every((entry, index) => entry === value.entries[index]) ? value : { ...value, entries };
}
