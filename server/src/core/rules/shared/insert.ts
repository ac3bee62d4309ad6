/** Edits that add entries to a map, in the style in which the map is written. */
import type { TextEdit } from '../../finding';
import type { Field } from '../../path';
import { field } from '../../path';
import type { MapValue } from '../../value';
import { addEntry, isOfOneFile } from './list-edits';
import { quoted } from './words';
import type { TextOf } from '../../text';
import { columnOf } from '../../text';

/** What is written: a string, or a map of such. */
export type Plain = string | { readonly [key: string]: Plain };

/**
 * An edit that makes the maps reached by `keys` below `from` have these entries; maps that are missing on the way are
 * written too. None where something else than a map stands on the way, or what another file adds to it.
 */
export function addEntries(
  textOf: TextOf,
  from: Field,
  keys: readonly string[],
  entries: Readonly<Record<string, Plain>>,
): TextEdit[] {
  const [key, ...rest] = keys;
  const text = from.value && textOf(from.value.origin.uri);
  if (from.value?.type !== 'map' || text === undefined || !isOfOneFile(from.value)) return [];
  if (key === undefined) return insertOrFill(text, from, from.value, entries);
  const next = field(from, key);
  if (next.value?.type === 'map') return addEntries(textOf, next, rest, entries);
  if (next.value) return [];
  const inner = rest.reduceRight<Plain>((value, name) => ({ [name]: value }), entries);
  return insertOrFill(text, from, from.value, { [key]: inner });
}

/** Keys that are there without a value get theirs; a map with the same key twice would be another one. */
function insertOrFill(text: string, from: Field, map: MapValue, entries: Readonly<Record<string, Plain>>): TextEdit[] {
  const pairs = Object.entries(entries);
  const isThere = ([key]: readonly [string, Plain]) => field(from, key).key !== undefined;
  const missing = pairs.filter((pair) => !isThere(pair));
  return [
    ...pairs.filter(isThere).flatMap(([key, value]) => addEntry(text, from, key, value) ?? []),
    ...(missing.length > 0 ? insert(text, map, Object.fromEntries(missing)) : []),
  ];
}

function insert(text: string, map: MapValue, entries: Readonly<Record<string, Plain>>): TextEdit[] {
  const { uri, start, verbatim } = map.origin;
  if (!verbatim) return [];
  if (map.flow) {
    const inner = flow(entries).slice(2, -2);
    return [
      { at: { uri, start: start + 1, end: start + 1 }, newText: map.entries.length > 0 ? ` ${inner},` : ` ${inner} ` },
    ];
  }
  const first = map.entries[0]?.key.origin.start ?? start;
  const indent = ' '.repeat(columnOf(text, first));
  return [{ at: { uri, start: first, end: first }, newText: block(entries, indent) + indent }];
}

/** Block style, without the indentation of the first line; ends with a line break. */
function block(entries: Readonly<Record<string, Plain>>, indent: string): string {
  const lines = Object.entries(entries).map(([key, value]) =>
    typeof value === 'string'
      ? `${quoted(key)}: ${quoted(value)}\n`
      : `${quoted(key)}:\n${indent}  ${block(value, `${indent}  `)}`,
  );
  return lines.join(indent);
}

function flow(entries: Readonly<Record<string, Plain>>): string {
  const pairs = Object.entries(entries).map(
    ([key, value]) => `${quoted(key)}: ${typeof value === 'string' ? quoted(value) : flow(value)}`,
  );
  return `{ ${pairs.join(', ')} }`;
}
