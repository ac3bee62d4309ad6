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
  if (from.value?.type !== 'map' || from.value.entries.length === 0) return [];
  const last = new Map(from.value.entries.map((item) => [item.key.text, item]));
  return Array.from(last, ([key, item]) => entered(from, key, item));
}

/**
 * All fields that a dotted pattern reaches, where `*` stands for every item of a list: `spec.rules.*.http.paths.*.backend`.
 * Fields that are absent are left out.
 */
export function select(from: Field, pattern: string): Field[] {
  let reached = [from];
  for (const key of keysOf(pattern)) {
    if (reached.length === 0) break;
    const next: Field[] = [];
    for (const at of reached)
      if (key === '*') {
        for (const item of each(at)) if (item.value !== undefined) next.push(item);
      } else {
        const found = entry(at.value, key);
        if (found && !isUnset(found.value)) next.push(entered(at, key, found));
      }
    reached = next;
  }
  return reached;
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
