/**
 * The YAML that most manifests are written in, read in one pass: maps and lists in block style of scalars on one line.
 * For all else (flow style, block scalars, anchors, tags, tabs, escapes, whatever is wrong) the answer is undefined, and the
 * parser decides. What is read here is what the parser would read, with the same places.
 */
import { resolvePlain } from './scalars';
import type { Reading } from './scalars';
import type { Entry, ListValue, MapValue, Origin, Scalar, Value } from './value';

interface Cursor {
  readonly uri: string;
  readonly source: string;
  readonly base: number;
  readonly reading: Reading;
  /** The first character of the next line that is neither blank nor a comment, or the end of the source. */
  at: number;
  /** How far that line is indented; -1 at the end. */
  indent: number;
  /** Comments stand on lines before that one. */
  commented: boolean;
  /** Where what has been read ends. */
  end: number;
}

/** Deeper nesting, longer keys: not what most manifests are written in. */
const MAX_DEPTH = 60;
const MAX_KEY = 500;

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const DASH = 45;
const COLON = 58;

/** One document whose text starts at `base` of its file. Undefined where this reader does not know for certain. */
export function readBlock(uri: string, source: string, base: number, reading: Reading): Value | undefined {
  if (/[\t\uFEFF]|\r(?!\n)/.test(source)) return undefined;
  const cursor: Cursor = { uri, source, base, reading, at: 0, indent: 0, commented: false, end: 0 };
  if (!toContent(cursor, 0)) return undefined;
  const value = readCollection(cursor, 0);
  return cursor.indent === -1 ? value : undefined;
}

/** Moves to the next line with content, from the start of a line. False where a comment stands deeper than what follows. */
function toContent(cursor: Cursor, from: number): boolean {
  const { source } = cursor;
  let deepest = -1;
  let line = from;
  for (;;) {
    let at = line;
    while (source.charCodeAt(at) === SPACE) at++;
    const code = source.charCodeAt(at);
    if (at >= source.length || !(code === HASH || isLineEnd(source, at))) {
      cursor.at = at;
      cursor.indent = at < source.length ? at - line : -1;
      cursor.commented = deepest >= 0;
      return deepest <= Math.max(cursor.indent, 0);
    }
    if (code === HASH) deepest = Math.max(deepest, at - line);
    line = endOfLine(source, at) + 1;
  }
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function readCollection(cursor: Cursor, depth: number): Value | undefined {
  if (depth > MAX_DEPTH || cursor.indent < 0) return undefined;
  return isItem(cursor.source, cursor.at) ? readList(cursor, depth) : readMap(cursor, depth);
}

/** Reads the map whose first key the cursor is at. */
function readMap(cursor: Cursor, depth: number): MapValue | undefined {
  const { source, indent, at: start } = cursor;
  const entries: Entry[] = [];
  do {
    const key = readKey(cursor);
    if (!key) return undefined;
    const value = readValue(cursor, key.origin.end - cursor.base + 1, indent, true, depth);
    if (!value) return undefined;
    entries.push({ key, value });
  } while (cursor.indent === indent && !isItem(source, cursor.at));
  if (cursor.indent > indent || hasTwins(entries)) return undefined;
  return { type: 'map', entries, flow: false, origin: originOf(cursor, start, cursor.end) };
}

/** Reads the list whose first dash the cursor is at. */
function readList(cursor: Cursor, depth: number): ListValue | undefined {
  const { source, indent, at: start } = cursor;
  const items: Value[] = [];
  do {
    const item = readItem(cursor, indent, depth);
    if (!item) return undefined;
    items.push(item);
  } while (cursor.indent === indent && isItem(source, cursor.at));
  if (cursor.indent > indent) return undefined;
  return { type: 'list', items, flow: false, origin: originOf(cursor, start, cursor.end) };
}

function readItem(cursor: Cursor, indent: number, depth: number): Value | undefined {
  const { source } = cursor;
  const dash = cursor.at;
  let at = dash + 1;
  while (source.charCodeAt(at) === SPACE) at++;
  if (at < source.length && !isLineEnd(source, at) && source.charCodeAt(at) !== HASH) {
    // What stands behind the dash is a collection when it starts like one; its lines are indented as far as its first.
    cursor.at = at;
    cursor.indent = indent + at - dash;
    if (isItem(source, at) || colonOf(source, at) > 0) return readCollection(cursor, depth + 1);
    cursor.indent = indent;
  }
  return readValue(cursor, dash + 1, indent, false, depth);
}

/** True for a dash that starts an item of a list. */
function isItem(source: string, at: number): boolean {
  return source.charCodeAt(at) === DASH && (source.charCodeAt(at + 1) === SPACE || isLineEnd(source, at + 1));
}

function isLineEnd(source: string, at: number): boolean {
  if (at >= source.length) return true;
  const code = source.charCodeAt(at);
  return code === NEWLINE || code === RETURN;
}

/** Reads what stands from `from` on in a line of this indentation, behind a colon or a dash, and in deeper lines below. */
function readValue(cursor: Cursor, from: number, indent: number, ofMap: boolean, depth: number): Value | undefined {
  const { source } = cursor;
  let at = from;
  while (source.charCodeAt(at) === SPACE) at++;
  if (!isLineEnd(source, at) && source.charCodeAt(at) !== HASH) {
    const value = readInline(cursor, at);
    return value && toContent(cursor, cursor.end) ? value : undefined;
  }
  const isAlone = isLineEnd(source, at);
  if (!toContent(cursor, Math.min(endOfLine(source, at) + 1, source.length))) return undefined;
  // The items of a list in a map may stand as far left as its keys.
  const isBelow = cursor.indent > indent || (ofMap && cursor.indent === indent && isItem(source, cursor.at));
  if (isBelow) return readCollection(cursor, depth + 1);
  if (!isAlone || cursor.commented) return undefined;
  cursor.end = at;
  return { type: 'scalar', value: null, text: '', style: 'plain', origin: originOf(cursor, at, at) };
}

/** The key that the cursor is at. */
function readKey(cursor: Cursor): Scalar | undefined {
  const { source, at } = cursor;
  const colon = colonOf(source, at);
  if (colon < 0) return undefined;
  const quote = source.charCodeAt(at);
  return quote === DOUBLE || quote === SINGLE ? quoted(cursor, at, colon) : plain(cursor, at, colon);
}

/** Where the colon behind a key stands; -1 where no simple key starts. */
function colonOf(source: string, start: number): number {
  const first = source.charCodeAt(start);
  let at = start;
  if (first === DOUBLE || first === SINGLE) at = closingQuote(source, start) + 1;
  else if (first !== DASH) while (isOfKey(source.charCodeAt(at))) at++;
  const isKey = at > start && at - start < MAX_KEY && source.charCodeAt(at) === COLON;
  return isKey && (source.charCodeAt(at + 1) === SPACE || isLineEnd(source, at + 1)) ? at : -1;
}

/** Letters, digits and `-./_`: what names and label keys are made of. */
function isOfKey(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 45 && code <= 57) || code === 95;
}

/** Where a quoted text ends that is on one line and has no escapes; -1 for others. */
function closingQuote(source: string, start: number): number {
  const quote = source.charCodeAt(start);
  for (let at = start + 1; !isLineEnd(source, at); at++) {
    const code = source.charCodeAt(at);
    if (code === quote) return source.charCodeAt(at + 1) === quote ? -1 : at;
    if (code === 92 && quote === DOUBLE) return -1;
  }
  return -1;
}

/** A scalar, or an empty map or list in brackets, that ends with its line. */
function readInline(cursor: Cursor, start: number): Value | undefined {
  const { source } = cursor;
  const first = source.charCodeAt(start);
  let end: number;
  if (first === DOUBLE || first === SINGLE) end = closingQuote(source, start) + 1;
  else if (source.startsWith('{}', start) || source.startsWith('[]', start)) end = start + 2;
  else end = startsPlain(source, start) ? endOfPlain(source, start) : 0;
  if (end === 0 || !closeLine(cursor, end)) return undefined;
  const origin = originOf(cursor, start, end);
  if (source.startsWith('{}', start)) return { type: 'map', entries: [], flow: true, origin };
  if (source.startsWith('[]', start)) return { type: 'list', items: [], flow: true, origin };
  return first === DOUBLE || first === SINGLE ? quoted(cursor, start, end) : plain(cursor, start, end);
}

/** Takes the rest of a line, in which nothing but a comment may stand. */
function closeLine(cursor: Cursor, from: number): boolean {
  const { source } = cursor;
  let at = from;
  while (source.charCodeAt(at) === SPACE) at++;
  const isComment = at > from && source.charCodeAt(at) === HASH;
  cursor.end = Math.min(endOfLine(source, at) + 1, source.length);
  return isComment || isLineEnd(source, at);
}

/** Not a sign of YAML (`-1` and `-x` are texts). */
function startsPlain(source: string, at: number): boolean {
  return !',[]{}#&*!|>\'"%@`?:'.includes(source.charAt(at)) && !isItem(source, at);
}

/** Where a plain text ends in its line, before white space and comments; 0 where it holds what makes it something else. */
function endOfPlain(source: string, start: number): number {
  let end = start;
  for (let at = start; !isLineEnd(source, at); at++) {
    const code = source.charCodeAt(at);
    if (code === SPACE) continue;
    if (code === HASH && end < at) break;
    if (code === COLON && (source.charCodeAt(at + 1) === SPACE || isLineEnd(source, at + 1))) return 0;
    end = at + 1;
  }
  return end;
}

function plain(cursor: Cursor, start: number, end: number): Scalar {
  const text = cursor.source.slice(start, end);
  const value = resolvePlain(text, cursor.reading);
  return { type: 'scalar', value, text, style: 'plain', origin: originOf(cursor, start, end) };
}

function quoted(cursor: Cursor, start: number, end: number): Scalar {
  const text = cursor.source.slice(start + 1, end - 1);
  const style = cursor.source.charCodeAt(start) === DOUBLE ? 'double' : 'single';
  return { type: 'scalar', value: text, text, style, origin: originOf(cursor, start, end) };
}

function originOf({ uri, base }: Cursor, start: number, end: number): Origin {
  return { uri, start: base + start, end: base + end, verbatim: true };
}

/** A key that stands twice is the parser's to tell. */
function hasTwins(entries: readonly Entry[]): boolean {
  if (entries.length > 20) return new Set(entries.map(({ key }) => key.text)).size < entries.length;
  return entries.some(({ key }, index) => {
    for (let other = 0; other < index; other++) if (entries[other]?.key.text === key.text) return true;
    return false;
  });
}
