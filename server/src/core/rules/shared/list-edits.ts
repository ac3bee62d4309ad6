/** Edits that add items to lists and entries to maps, in the style of what stands around them. */
import type { TextEdit } from '../../finding';
import type { Field } from '../../path';
import { field } from '../../path';
import { columnOf } from '../../text';
import type { ListValue, MapValue, Scalar, Span, Value } from '../../value';
import { entry } from '../../value';
import { quoted } from './words';

/** What is written. */
export type Written = string | number | readonly Written[] | { readonly [key: string]: Written };

/**
 * An edit that adds an item behind the last one of the list at `key`; a list that is missing is written too. `text` is the
 * whole file. Undefined where something else than a list stands there, or the place is not what is written.
 */
export function addItem(text: string, from: Field, key: string, item: Written): TextEdit | undefined {
  const at = field(from, key);
  if (at.value === undefined || isEmptyList(at.value)) return addEntry(text, from, key, [item]);
  if (at.value.type !== 'list' || !isOfOneFile(at.value)) return undefined;
  return at.value.flow ? toFlowList(text, at.value, item) : toBlockList(text, at.value, item);
}

/** False for what is not written as it is, such as a map that a patch has added to. */
export function isOfOneFile(value: ListValue | MapValue): boolean {
  const { uri, start, end, verbatim } = value.origin;
  const isWithin = ({ origin }: Value) => origin.uri === uri && origin.start >= start && origin.end <= end;
  return (
    verbatim &&
    (value.type === 'list'
      ? value.items.every(isWithin)
      : value.entries.every((item) => item.key.origin.verbatim && isWithin(item.key)))
  );
}

function isEmptyList(value: Value): boolean {
  return value.type === 'list' && value.items.length === 0;
}

function toFlowList(text: string, list: ListValue, item: Written): TextEdit | undefined {
  const last = list.items.at(-1);
  return last && { at: after(last), newText: `, ${flow(item, isJson(text, list.origin.start))}` };
}

function toBlockList(text: string, list: ListValue, item: Written): TextEdit | undefined {
  const last = list.items.at(-1);
  if (!last) return undefined;
  const at = lineEnd(text, contentEnd(text, last));
  return { at: { uri: list.origin.uri, start: at, end: at }, newText: `\n${blockItem(item, dashColumn(text, last))}` };
}

/** An edit that adds an entry behind the last one of a map, or gives a key that has null or an empty list its value. */
export function addEntry(text: string, from: Field, key: string, value: Written): TextEdit | undefined {
  const map = from.value;
  if (map?.type !== 'map' || !isOfOneFile(map)) return undefined;
  const { uri } = map.origin;
  const there = field(from, key);
  const last = map.entries.at(-1);
  if (there.key)
    return there.value && !isEmptyList(there.value)
      ? undefined
      : fill(text, map, there.key, entry(map, key)?.value, value);
  if (map.flow) {
    const json = isJson(text, map.origin.start);
    const pair = `${json ? JSON.stringify(key) : quoted(key)}: ${flow(value, json)}`;
    return last
      ? { at: after(last.value), newText: `, ${pair}` }
      : { at: map.origin, newText: json ? `{${pair}}` : `{ ${pair} }` };
  }
  if (!last) return undefined;
  const indent = entryColumn(text, map);
  const at = lineEnd(text, Math.max(contentEnd(text, last.value), last.key.origin.end));
  return { at: { uri, start: at, end: at }, newText: `\n${' '.repeat(indent)}${quoted(key)}:${body(value, indent)}` };
}

/** An edit that puts a value behind a key that has none, or `null`, `~` or `[]`. A comment stays on the line of the key. */
function fill(text: string, map: MapValue, key: Scalar, old: Value | undefined, value: Written): TextEdit | undefined {
  const { uri, end } = key.origin;
  const colon = /^[ \t]*:/.exec(text.slice(end));
  if (!colon || !key.origin.verbatim) return undefined;
  const from = end + colon[0].length;
  const written = old && old.origin.end > from ? old.origin : { start: from, end: from };
  // An anchor, a tag or a line break stands between.
  if (!/^[ \t]*$/.test(text.slice(from, written.start))) return undefined;
  if (map.flow) {
    const json = isJson(text, map.origin.start);
    return { at: { uri, start: from, end: written.end }, newText: ` ${flow(value, json)}` };
  }
  const last = lineEnd(text, written.end);
  const rest = text.slice(written.end, last).trim().replace(/^#/, ' #');
  const added = body(value, entryColumn(text, map));
  return { at: { uri, start: from, end: last }, newText: added.startsWith('\n') ? rest + added : added + rest };
}

/** A value in block style behind its key, which stands at a column. */
function body(value: Written, indent: number): string {
  if (typeof value !== 'object') return ` ${scalar(value)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    // Lists of plain words are short.
    if (value.every((item) => typeof item !== 'object')) return ` ${flow(value, false)}`;
    return value.map((item: Written) => `\n${blockItem(item, indent + 2)}`).join('');
  }
  const pairs = Object.entries(value);
  if (pairs.length === 0) return ' {}';
  return pairs.map(([key, item]) => `\n${' '.repeat(indent + 2)}${quoted(key)}:${body(item, indent + 2)}`).join('');
}

/** `- key: value`, with the dash at a column and without a line break at its end. */
function blockItem(item: Written, column: number): string {
  const dash = `${' '.repeat(column)}- `;
  if (typeof item !== 'object' || Array.isArray(item) || Object.keys(item).length === 0)
    return dash + flow(item, false);
  return dash + body(item, column).slice(column + 3);
}

/** The entries of a map in block style, each line at a column. */
export function blockMap(value: { readonly [key: string]: Written }, column = 0): string {
  return `${body(value, column - 2).slice(1)}\n`;
}

function flow(value: Written, json: boolean): string {
  if (typeof value !== 'object') return json ? JSON.stringify(value) : scalar(value);
  if (Array.isArray(value)) return `[${value.map((item: Written) => flow(item, json)).join(', ')}]`;
  const pairs = Object.entries(value).map(
    ([key, item]) => `${json ? JSON.stringify(key) : quoted(key)}: ${flow(item, json)}`,
  );
  if (pairs.length === 0) return '{}';
  return json ? `{${pairs.join(', ')}}` : `{ ${pairs.join(', ')} }`;
}

function scalar(value: string | number): string {
  return typeof value === 'number' ? String(value) : quoted(value);
}

/** The column of the keys of a map that is written in lines. */
function entryColumn(text: string, map: MapValue): number {
  return columnOf(text, map.entries[0]?.key.origin.start ?? map.origin.start);
}

/** The column of the dash of an item that is written in lines. */
function dashColumn(text: string, item: Value): number {
  const { start } = item.origin;
  const dash = text.lastIndexOf('-', start - 1);
  return dash >= 0 && /^-\s+$/.test(text.slice(dash, start)) ? columnOf(text, dash) : columnOf(text, start);
}

/** Where the text of a value ends, without the space behind it. */
function contentEnd(text: string, { origin: { start, end } }: Value): number {
  return start + text.slice(start, end).trimEnd().length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  const at = end < 0 ? text.length : end;
  return text[at - 1] === '\r' ? at - 1 : at;
}

const after = ({ origin: { uri, end } }: Value) => ({ uri, start: end, end });

/** JSON wants its keys and texts in quotes; in YAML a flow map may do without. */
function isJson(text: string, start: number): boolean {
  return /^\s*[{[]/.test(text) && /^[{[]\s*(?:["\]}]|[{[])/.test(text.slice(start, start + 200));
}

/** An edit that takes an item out of a list with more items, given the place of its value; undefined where its ends are not found. */
export function removeItem(text: string, { uri, start, end }: Span): TextEdit | undefined {
  const last = start + text.slice(start, end).trimEnd().length;
  const before = /(?:^|\n)([ \t]*-[ \t]+)$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  if (before !== undefined) {
    const next = lineEnd(text, last);
    const from = start - before.length;
    // The line break before it goes where none is behind it.
    return next < text.length
      ? { at: { uri, start: from, end: text.indexOf('\n', next) + 1 }, newText: '' }
      : { at: { uri, start: from - 1, end: next }, newText: '' };
  }
  const behind = /^\s*,\s*/.exec(text.slice(last))?.[0];
  if (behind !== undefined) return { at: { uri, start, end: last + behind.length }, newText: '' };
  const comma = /,\s*$/.exec(text.slice(0, start))?.[0];
  return comma === undefined ? undefined : { at: { uri, start: start - comma.length, end: last }, newText: '' };
}
