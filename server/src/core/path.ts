/** Walking spanned values with field paths, as the API server prints them: `spec.ports[0].name`. */
import { entry, isUnset } from './value';
import type { Entry, MapValue, Scalar, Span, Value } from './value';

/**
 * A place in a value that may not exist. Walking on from a missing place gives missing places, so a table of checks
 * needs no special cases. `at` is the smallest text that stands for the place: the value, else the key that has no
 * value, else the nearest thing above that is written.
 */
export interface Field {
  readonly path: string;
  /** The value written here; undefined when the field is absent or null. */
  readonly value: Value | undefined;
  /** The key that leads here, when it is a map entry that is written. */
  readonly key: Scalar | undefined;
  readonly at: Span;
  readonly parent: Field | undefined;
}

/** The field that a whole value is. */
export function root(value: Value): Field {
  return { path: '', value, key: undefined, at: value.origin, parent: undefined };
}

/** The field reached by map keys; numbers are list indices. */
export function field(from: Field, ...keys: readonly (string | number)[]): Field {
  let at = from;
  for (const key of keys) at = step(at, key);
  return at;
}

function step(from: Field, key: string | number): Field {
  if (typeof key === 'number') {
    return child(
      from,
      `${from.path}[${key}]`,
      from.value?.type === 'list' ? from.value.items[key] : undefined,
      undefined,
    );
  }
  return entered(from, key, entry(from.value, key));
}

function entered(from: Field, key: string, found: Entry | undefined): Field {
  return child(from, join(from.path, key), found?.value, found?.key);
}

function child(parent: Field, path: string, value: Value | undefined, key: Scalar | undefined): Field {
  const present = isUnset(value) ? undefined : value;
  return { path, value: present, key, at: present ? present.origin : (key?.origin ?? nearest(parent)), parent };
}

/** Where a missing field is shown: the key of the map that lacks it, not the whole map. */
function nearest(parent: Field): Span {
  if (parent.value?.type === 'scalar') return parent.at;
  if (parent.key) return parent.key.origin;
  const first = parent.value?.type === 'map' ? parent.value.entries[0]?.key.origin : undefined;
  return first ?? parent.at;
}

function join(path: string, key: string): string {
  if (key.includes('.') || key.includes('[') || key.includes(']')) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The items of a list field; none when it is absent or no list. */
export function each(from: Field): Field[] {
  return from.value?.type === 'list' ? from.value.items.map((_, index) => step(from, index)) : [];
}

/** The entries of a map field, the last of equal keys only. */
export function eachEntry(from: Field): Field[] {
  if (from.value?.type !== 'map') return [];
  const { entries } = from.value;
  const last = new Map(entries.length > 1 ? entries.map((item) => [item.key.text, item]) : []);
  const found = last.size === entries.length || entries.length < 2 ? entries : Array.from(last.values());
  return found.map((item) => entered(from, item.key.text, item));
}

/**
 * All fields that a dotted pattern reaches, where `*` stands for every item of a list: `spec.rules.*.http.paths.*.backend`.
 * Fields that are absent are left out.
 */
export function select(from: Field, pattern: string): Field[] {
  const reached: Field[] = [];
  const keys = keysOf(pattern);
  // Most patterns lead nowhere in most objects, and to walk there makes fields.
  if (leadsSomewhere(from.value, keys, 0)) walk(from, keys, 0, reached);
  return reached;
}

function leadsSomewhere(value: Value | undefined, keys: readonly string[], index: number): boolean {
  const key = keys[index];
  if (key === undefined) return true;
  if (key !== '*') {
    const next = entry(value, key)?.value;
    return !isUnset(next) && leadsSomewhere(next, keys, index + 1);
  }
  if (value?.type !== 'list') return false;
  for (const item of value.items) if (!isUnset(item) && leadsSomewhere(item, keys, index + 1)) return true;
  return false;
}

function walk(from: Field, keys: readonly string[], index: number, reached: Field[]): void {
  const key = keys[index];
  if (key === undefined) reached.push(from);
  else if (key === '*') {
    for (const item of each(from)) if (item.value !== undefined) walk(item, keys, index + 1, reached);
  } else {
    const found = entry(from.value, key);
    if (found && !isUnset(found.value)) walk(entered(from, key, found), keys, index + 1, reached);
  }
}

/** Patterns are few, and walked for every resource. */
const patterns = new Map<string, readonly string[]>();

function keysOf(pattern: string): readonly string[] {
  const known = patterns.get(pattern);
  if (known) return known;
  const keys = pattern === '' ? [] : pattern.split('.');
  patterns.set(pattern, keys);
  return keys;
}

/** The scalar written at a field. */
export function scalarAt(from: Field): Scalar | undefined {
  return from.value?.type === 'scalar' ? from.value : undefined;
}

/** The text of the scalar written at a field. */
export function textAt(from: Field): string | undefined {
  return scalarAt(from)?.text;
}

/** The map written at a field. */
export function mapAt(from: Field): MapValue | undefined {
  return from.value?.type === 'map' ? from.value : undefined;
}
