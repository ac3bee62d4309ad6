/** Merging lists whose items are told apart by keys (kyaml/yaml/walk, associative sequences). */
import type { ListValue, Scalar, Value } from '../../value';
import { entry, get } from '../../value';
import { isNull, text } from './made';
import type { Shape } from './merge-keys';
import { directiveKey, directiveOf, merge } from './strategic-merge';
import { withEntry, withItems } from './tree';

/** The values of the merge keys of one item, empty where one is missing. */
type Values = readonly string[];

/** `keys` is empty for lists of texts, which merge as sets. */
export function mergeItems(
  target: ListValue | undefined,
  patch: ListValue | undefined,
  keys: readonly string[],
  shape: Shape | undefined,
  path: string,
): ListValue | undefined {
  if (target !== undefined && patch !== undefined) {
    const directive = listDirective(patch);
    if (directive === 'delete') return undefined;
    const said = withItems(
      patch,
      patch.items.filter((item) => !isListDirective(item)),
    );
    return directive === 'replace'
      ? mergeAll(said, said, keys, shape, path)
      : mergeAll(target, said, keys, shape, path);
  }
  const only = target ?? patch;
  return only && mergeAll(only, target ? undefined : patch, keys, shape, path);
}

/** An item that says `$patch` and nothing else speaks for the whole list. */
function isListDirective(item: Value): boolean {
  return item.type === 'map' && item.entries.length === 1 && item.entries[0]?.key.text === directiveKey;
}

function listDirective(patch: ListValue) {
  return directiveOf(patch.items.find(isListDirective));
}

function mergeAll(
  target: ListValue,
  patch: ListValue | undefined,
  keys: readonly string[],
  shape: Shape | undefined,
  path: string,
): ListValue {
  const all = uniqueValues(patch, target, keys);
  const known = keys.length > 1 ? joined(all) : all;
  const used = usedKeys(known, keys);
  const merged = new Map<Value, Value>();
  let added: readonly Value[] = [];
  let kept = target.items;
  for (const values of known) {
    const wanted = pick(values, keys, used);
    const own = presentKeys(keys, values);
    const from = kept.find((item) => hasValues(item, own.keys, own.values));
    const by = patch?.items.find((item) => hasValues(item, own.keys, own.values));
    let result = merge(from, by, shape, path);
    if (result === undefined || isNull(result) || (result.type === 'map' && result.entries.length === 0)) {
      kept = replaceItem(kept, undefined, used, wanted);
      continue;
    }
    result = withKeys(result, used, wanted);
    added = replaceItem(added, result, used, wanted);
    if (from && (from === by || directiveOf(by) === 'merge')) merged.set(from, result);
  }
  if (known.length > 0) {
    let items = added;
    for (const old of kept) items = append(items, merged.get(old) ?? old, used);
    return withItems(target, items);
  }
  return withItems(target, kept);
}

/** An item of the target after the merged ones; it takes the place of the one with its keys. */
function append(items: readonly Value[], item: Value, keys: readonly string[]): readonly Value[] {
  if (keys.length === 0) return replaceItem(items, item, keys, [textOf(item)]);
  let result = items;
  const values: string[] = [];
  for (const key of keys) {
    const found = get(item, key);
    if (found === undefined) result = [...result, item];
    else values.push(textOf(found));
  }
  if (keys.length > 1) result = replaceItem(result, undefined, keys, values);
  return replaceItem(result, item, keys, values);
}

/** The items with `item` in the place of the one that has the values, or at the end; without it where `item` is undefined. */
function replaceItem(
  items: readonly Value[],
  item: Value | undefined,
  keys: readonly string[],
  values: Values,
): readonly Value[] {
  let found = false;
  const result: Value[] = [];
  for (const old of items) {
    if (isNull(old) || (old.type === 'map' && old.entries.length === 0)) continue;
    if (!isMatch(old, keys, values)) {
      // An item without its key takes the place of all others: so does the real tool.
      if (values.length > 0) result.push(old);
      continue;
    }
    found = true;
    if (item !== undefined) result.push(item);
  }
  if (item !== undefined && !found) result.push(item);
  return result;
}

/** Keys beyond the known values do not count; an empty value matches a key that is there. */
function isMatch(item: Value, keys: readonly string[], values: Values): boolean {
  if (keys.length === 0) return item.type === 'scalar' && item.text === values[0];
  if (item.type !== 'map' || values.length === 0) return false;
  return keys.slice(0, values.length).every((key, index) => {
    const found = get(item, key);
    return found !== undefined && (values[index] === '' || textOf(found) === values[index]);
  });
}

function hasValues(item: Value, keys: readonly string[], values: Values): boolean {
  if (keys.length === 0) return item.type === 'scalar' && item.text === values[0];
  return item.type === 'map' && keys.every((key, index) => get(item, key) && textOf(get(item, key)) === values[index]);
}

function textOf(value: Value | undefined): string {
  return value?.type === 'scalar' ? value.text : '';
}

function withKeys(item: Value, keys: readonly string[], values: Values): Value {
  if (item.type !== 'map') return item;
  return keys.reduce(
    (to, key, index) =>
      entry(to, key) || !values[index]
        ? to
        : withEntry(to, text(key, { ...item.origin, verbatim: false }), keyText(values[index], item)),
    item,
  );
}

function keyText(value: string, item: Value): Scalar {
  return text(value, { ...item.origin, verbatim: false });
}

/** The values of all items, those of the patch first. */
function uniqueValues(patch: ListValue | undefined, target: ListValue, keys: readonly string[]): Values[] {
  const seen = new Set<string>();
  const result: Values[] = [];
  for (const item of [...(patch?.items ?? []), ...target.items]) {
    const values = keys.length === 0 ? [textOf(item)] : keys.map((key) => textOf(get(item, key)));
    const question = JSON.stringify(values);
    if (seen.has(question)) continue;
    seen.add(question);
    result.push(values);
  }
  return result;
}

/** Values that differ only where one is missing mean the same item: port 80 and port 80 with a protocol. */
function joined(all: readonly Values[]): Values[] {
  const result = [...all];
  for (let i = 0; i < result.length; i++)
    for (let j = 0; j < result.length; j++) {
      const same = join(result[i] ?? [], result[j] ?? []);
      if (same) result[i] = result[j] = same;
    }
  return result;
}

function join(a: Values, b: Values): Values | undefined {
  if (!a.some((value, index) => value === b[index])) return undefined;
  if (a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '')) return undefined;
  return a.map((value, index) => (value !== '' ? value : (b[index] ?? '')));
}

/** The keys that some item has; all of them where none has any. */
function usedKeys(all: readonly Values[], keys: readonly string[]): readonly string[] {
  const used = keys.filter((_, index) => all.some((values) => values[index] !== ''));
  return used.length > 0 ? used : keys;
}

function pick(values: Values, keys: readonly string[], used: readonly string[]): Values {
  return keys.length === 0 ? values : values.filter((_, index) => used.includes(keys[index] ?? ''));
}

function presentKeys(keys: readonly string[], values: Values) {
  const present = keys.filter((_, index) => values[index] !== '');
  if (present.length === 0) return { keys, values };
  return { keys: present, values: values.filter((value) => value !== '') };
}
