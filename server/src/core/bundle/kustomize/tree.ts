/** Changes to trees that leave the old tree as it was. */
import type { Entry, ListValue, MapValue, Origin, Scalar, Value } from '../../value';
import { entry, get } from '../../value';
import { map, text } from './made';

/** The map with another value under a key. A key that is new takes its text from `key` and stands at the end. */
export function withEntry(parent: MapValue, key: Scalar, value: Value): MapValue {
  const index = parent.entries.findLastIndex((item) => item.key.text === key.text);
  const old = parent.entries[index];
  if (old?.value === value) return parent;
  const entries: Entry[] = old
    ? parent.entries.with(index, { key: old.key, value })
    : [...parent.entries, { key, value }];
  return { ...parent, entries };
}

export function withoutEntry(parent: MapValue, key: string): MapValue {
  if (!entry(parent, key)) return parent;
  return { ...parent, entries: parent.entries.filter((item) => item.key.text !== key) };
}

export function withItems(parent: ListValue, items: readonly Value[]): ListValue {
  return items.length === parent.items.length && items.every((item, index) => item === parent.items[index])
    ? parent
    : { ...parent, items };
}

/** Sets the value below a path of keys, making the maps on the way. `at` is where made maps and keys come from. */
export function setIn(parent: MapValue, path: readonly string[], value: Value, at: Origin): MapValue {
  const [key = '', ...rest] = path;
  const name = text(key, { ...at, verbatim: false });
  if (rest.length === 0) return withEntry(parent, name, value);
  const child = get(parent, key);
  return withEntry(
    parent,
    name,
    setIn(child?.type === 'map' ? child : map([], { ...at, verbatim: false }), rest, value, at),
  );
}

/** The tree without the value below a path. */
export function removeIn(parent: MapValue, path: readonly string[]): MapValue {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return withoutEntry(parent, key);
  const child = entry(parent, key);
  return child?.value.type === 'map' ? withEntry(parent, child.key, removeIn(child.value, rest)) : parent;
}

/** The map or list with each value in it changed; the same one when nothing was. */
export function mapValues(parent: Value, change: (child: Value) => Value): Value {
  if (parent.type === 'scalar') return parent;
  if (parent.type === 'list') return withItems(parent, parent.items.map(change));
  const values = parent.entries.map(({ value }) => change(value));
  if (values.every((value, index) => value === parent.entries[index]?.value)) return parent;
  return {
    ...parent,
    entries: parent.entries.map(({ key, value }, index) => ({ key, value: values[index] ?? value })),
  };
}
