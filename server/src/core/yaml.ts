/** YAML and JSON text to spanned values. The only importer of `yaml`. Never throws: it returns what it could read. */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, Scalar as YamlScalar, YAMLMap, YAMLSeq } from 'yaml';
import { resolvePlain, resolveTagged } from './scalars';
import type { Reading } from './scalars';
import type { DocumentText } from './text';
import type { Entry, Scalar, ScalarStyle, Span, Value } from './value';
import { isUnclosed, parseMended } from './yaml-mend';

/** What stands in the way of reading a document, in the reader's words. */
export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
}

/** A key that stands twice in one map; the last one counts. */
export interface DuplicateKey {
  readonly first: Scalar;
  readonly again: Scalar;
}

export interface YamlDocument {
  readonly value: Value | undefined;
  /** Empty when the document is well-formed; otherwise `value` is only what could be read. */
  readonly problems: readonly YamlProblem[];
  readonly duplicates: readonly DuplicateKey[];
}

/** Aliases may repeat this many values in one document; real manifests stay in the hundreds. */
const MAX_ALIASED = 100_000;

/** Longer messages of the parser are cut. */
const MAX_MESSAGE = 200;

/** Deeper nesting than this is hostile: the API server's own limit is 10,000 levels of JSON, real manifests stay below 40. */
const MAX_DEPTH = 500;

const tooDeepMessage = `nested deeper than ${MAX_DEPTH} levels`;

interface Reader {
  readonly uri: string;
  readonly source: string;
  readonly base: number;
  readonly reading: Reading;
  readonly anchors: Map<string, { value: Value; size: number }>;
  readonly problems: YamlProblem[];
  readonly duplicates: DuplicateKey[];
  aliased: number;
  size: number;
}

/**
 * Reads one document of a file. `reading` says which tool will read the plain scalars (see scalars.ts); `source` is what is
 * read of the document, where that is not all of it: every offset must be where it was.
 */
export function readDocument(
  uri: string,
  text: string,
  at: DocumentText,
  reading: Reading,
  source = text.slice(at.start, at.end),
): YamlDocument {
  const reader: Reader = {
    uri,
    source,
    base: at.start,
    reading,
    anchors: new Map(),
    problems: [],
    duplicates: [],
    aliased: 0,
    size: 0,
  };
  if (tooDeep(source)) return unreadable(uri, at, tooDeepMessage);
  let document: Document.Parsed;
  try {
    document = parseMended(source, parseStrict);
  } catch (error) {
    return unreadable(uri, at, causeOf(error instanceof Error ? error.message : String(error)));
  }
  const value = document.contents ? read(reader, document.contents, 0) : undefined;
  const written = document.errors.length === 0 ? 0 : source.trimEnd().length;
  for (const error of document.errors) {
    const { message, pos, code } = error;
    // A second document cannot start inside one: the text was cut at its separators before.
    if (code === 'MULTIPLE_DOCS') continue;
    // What is missing at the end is shown at the last character, not in the document that follows.
    const start = Math.min(pos[0], Math.max(0, written - 1));
    const found = {
      uri,
      start: at.start + start,
      end: Math.min(at.start + Math.max(start < pos[0] ? 0 : pos[1], start + 1), text.length),
    };
    reader.problems.push({
      message: causeOf(message),
      span: isUnclosed(error) ? (openingQuote(value) ?? found) : found,
    });
  }
  return { value, problems: reader.problems, duplicates: reader.duplicates };
}

/** The parser is recursive: what it cannot hold is nested too deep. */
function causeOf(message: string): string {
  if (/call stack/i.test(message)) return tooDeepMessage;
  // The parser quotes what it could not read, to its end.
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}...` : message;
}

/** A text that is never closed runs to the end of the document, so it is the last one; its opening quote is what is wrong. */
function openingQuote(value: Value | undefined): Span | undefined {
  if (value?.type === 'map') return openingQuote(value.entries.at(-1)?.value);
  if (value?.type === 'list') return openingQuote(value.items.at(-1));
  if (value?.style !== 'double' && value?.style !== 'single') return undefined;
  return { uri: value.origin.uri, start: value.origin.start, end: value.origin.start + 1 };
}

/** A carriage return alone ends a line too; the parser knows it only before a line feed. */
function parseStrict(source: string): Document.Parsed {
  return parseDocument(source.replace(/\r(?!\n)/g, '\n'), {
    logLevel: 'silent',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
  });
}

function unreadable(uri: string, at: DocumentText, message: string): YamlDocument {
  return { value: undefined, problems: [{ message, span: { uri, start: at.start, end: at.end } }], duplicates: [] };
}

/** Bounds the recursion of the parser before it starts: brackets that are open, and dashes in one line. */
function tooDeep(source: string): boolean {
  let open = 0;
  let indent = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 91 || code === 123) {
      if (++open > MAX_DEPTH) return !balanced(source);
    } else if ((code === 93 || code === 125) && open > 0) open--;
    else if (code === 10) indent = 0;
    else if (indent >= 0 && (code === 32 || code === 45 || code === 63)) {
      if (code !== 32 && ++indent > MAX_DEPTH) return true;
    } else indent = -1;
  }
  return false;
}

/** Many open brackets are harmless inside block scalars (scripts, logs): there, few lines of structure hold them. */
function balanced(source: string): boolean {
  return !/(?:[[{]\s*){100}/.test(source) && /^[^\n#]*:\s*[|>][+-]?\d*\s*$/m.test(source);
}

function read(reader: Reader, node: Node, depth: number): Value {
  const before = reader.size++;
  const value =
    depth > MAX_DEPTH
      ? empty(reader, node)
      : isMap(node)
        ? readMap(reader, node, depth)
        : isSeq(node)
          ? readList(reader, node, depth)
          : isAlias(node)
            ? alias(reader, node)
            : isScalar(node)
              ? readScalar(reader, node)
              : empty(reader, node);
  if ('anchor' in node && node.anchor) reader.anchors.set(node.anchor, { value, size: reader.size - before });
  return value;
}

function span(reader: Reader, node: Node): Scalar['origin'] {
  const range = node.range ?? [0, 0, 0];
  return { uri: reader.uri, start: reader.base + range[0], end: reader.base + range[1], verbatim: true };
}

function empty(reader: Reader, node: Node): Scalar {
  return { type: 'scalar', value: null, text: '', style: 'plain', origin: span(reader, node) };
}

const styles: Record<string, ScalarStyle> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

function readScalar(reader: Reader, node: YamlScalar): Scalar {
  const style = styles[node.type ?? ''] ?? 'plain';
  const read = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const text = style === 'block' && endsWithoutLineEnd(reader, node) ? read.replace(/\n$/, '') : read;
  const value = node.tag
    ? resolveTagged(node.tag, text, reader.reading)
    : style === 'plain'
      ? resolvePlain(text, reader.reading)
      : text;
  const origin = span(reader, node);
  const isPlain = style !== 'block' && (style !== 'double' || origin.end - origin.start === text.length + 2);
  if (isPlain) return { type: 'scalar', value, text, style, origin };
  const raw = reader.source.slice(origin.start - reader.base, origin.end - reader.base);
  return { type: 'scalar', value, text, style, raw, origin };
}

/** Go's readers give a block scalar no line end that the file does not have. */
function endsWithoutLineEnd({ source }: Reader, node: YamlScalar): boolean {
  const end = node.range?.[1] ?? 0;
  return end >= source.trimEnd().length && !source.slice(source.trimEnd().length).includes('\n');
}

function readList(reader: Reader, node: YAMLSeq, depth: number): Value {
  const items = (node.items as (Node | null)[]).map((item) =>
    item ? read(reader, item, depth + 1) : empty(reader, node),
  );
  return { type: 'list', items, flow: node.flow === true, origin: span(reader, node) };
}

function readMap(reader: Reader, node: YAMLMap, depth: number): Value {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  const seen = new Map<string, Scalar>();
  for (const pair of node.items as Pair<Node | null, Node | null>[]) {
    const key = pair.key ? read(reader, pair.key, depth + 1) : undefined;
    // A key that is itself a map is a template (`{{ .Values.x }}`) or half-typed text: no reader of Kubernetes takes it.
    if (key?.type !== 'scalar') {
      if (key) reader.problems.push({ message: 'a key must be text', span: key.origin });
      continue;
    }
    const value = pair.value ? read(reader, pair.value, depth + 1) : emptyAfter(key);
    if (key.text === '<<' && key.style === 'plain') {
      merged.push(
        ...(value.type === 'list' ? value.items : [value]).flatMap((from) => (from.type === 'map' ? from.entries : [])),
      );
      continue;
    }
    const first = seen.get(key.text);
    if (first) reader.duplicates.push({ first, again: key });
    else seen.set(key.text, key);
    own.push({ key, value });
  }
  for (const entry of merged) {
    if (seen.has(entry.key.text)) continue;
    seen.set(entry.key.text, entry.key);
    own.push(entry);
  }
  return { type: 'map', entries: own, flow: node.flow === true, origin: span(reader, node) };
}

/** A key without a value reads as null, at the place where the value would be written. */
function emptyAfter(key: Scalar): Scalar {
  const { uri, end } = key.origin;
  return { type: 'scalar', value: null, text: '', style: 'plain', origin: { uri, start: end, end, verbatim: true } };
}

function alias(reader: Reader, node: Node & { source: string }): Value {
  const target = reader.anchors.get(node.source);
  if (!target && reader.problems.length === 0)
    reader.problems.push({
      message: `the alias *${node.source} stands for nothing: no anchor &${node.source} ends before it`,
      span: span(reader, node),
    });
  reader.aliased += target?.size ?? 0;
  reader.size += target?.size ?? 0;
  if (target && reader.aliased <= MAX_ALIASED) return target.value;
  if (target && reader.problems.length === 0)
    reader.problems.push({ message: `aliases repeat more than ${MAX_ALIASED} values`, span: span(reader, node) });
  return empty(reader, node);
}
