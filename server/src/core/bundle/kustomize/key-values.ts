/** What generators read: files, lines of environment files, and literals (api/kv). */
import type { Scalar, Span } from '../../value';
import { resolvePath } from '../../uri';
import type { Context } from './context';
import { markIncomplete } from './context';
import type { Root } from './kustomization';
import { asText, derived, text } from './made';
import { readLocal } from './local-file';
import { baseName, isBelow } from './paths';
import { fail } from './problem';
import { utf8 } from './sha256';
import { decodeUtf8 } from './utf8';

export interface KeyValue {
  readonly key: Scalar;
  /** The value, at the place where it is written. */
  readonly value: Scalar;
  readonly bytes: Uint8Array;
  /** The bytes are no text. */
  readonly isBinary: boolean;
}

/** `key=value`. Quotes around the value are dropped when they are the same at both ends. */
export function literal(written: Scalar, file: string): KeyValue {
  const equals = written.text.indexOf('=');
  if (equals <= 0) return fail('invalid-generator', `${written.text} is no key=value`, written.origin);
  const raw = written.text.slice(equals + 1);
  const quoted = raw.length >= 2 && raw[0] === raw.at(-1) && (raw.startsWith('"') || raw.startsWith("'"));
  const value = quoted ? raw.slice(1, -1) : raw;
  const { start, end } = written.origin;
  const source = file.slice(start, end);
  const inset = written.style === 'plain' ? 0 : 1;
  const isWhole = source.slice(inset, source.length - inset) === written.text;
  const part = (from: number, to: number): Span => ({
    uri: written.origin.uri,
    start: start + inset + from,
    end: start + inset + to,
  });
  const key = written.text.slice(0, equals);
  const keyAt = isWhole ? { ...part(0, equals), verbatim: true } : derived(written.origin);
  const from = equals + 1 + (quoted ? 1 : 0);
  const valueAt = isWhole ? { ...part(from, from + value.length), verbatim: true } : derived(written.origin);
  return pair(text(key, keyAt), text(value, valueAt));
}

function pair(key: Scalar, value: Scalar, bytes = utf8(value.text), isBinary = false): KeyValue {
  return { key, value, bytes, isBinary };
}

/** `[key=]path`: the whole file is the value. */
export function fileValue(context: Context, root: Root, written: Scalar): KeyValue {
  const equals = written.text.indexOf('=');
  if (equals === 0 || equals === written.text.length - 1 || written.text.indexOf('=', equals + 1) > 0)
    return fail('invalid-generator', `${written.text} is no path and no key=path`, written.origin);
  const path = equals < 0 ? written : { ...asText(written), text: written.text.slice(equals + 1) };
  const key = equals < 0 ? baseName(written.text) : written.text.slice(0, equals);
  const { uri, content, bytes } = contentOf(context, root, path);
  const value = text(content ?? '', { uri, start: 0, end: (content ?? '').length, verbatim: true });
  return pair(text(key, derived(written.origin)), value, bytes, content === undefined);
}

/** The bytes of a file, and its text when it is UTF-8. */
function contentOf(context: Context, root: Root, path: Scalar) {
  const uri = resolvePath(root.folder, path.text);
  const bytes = isBelow(uri, root.folder) ? context.files.bytes?.(uri) : undefined;
  context.read.add(uri);
  if (bytes) return { uri, content: decodeUtf8(bytes), bytes };
  const file = readLocal(context, root, path);
  if (file.text.includes('\uFFFD'))
    markIncomplete(context, 'binary', `${path.text} is no UTF-8 text, so its hash is not known`, path.origin);
  return { uri: file.uri, content: file.text, bytes: utf8(file.text) };
}

/** The lines `key=value` of a file; a line without a value asks for a variable of the environment, which is empty here. */
export function envValues(context: Context, root: Root, written: Scalar): KeyValue[] {
  const { uri, content } = contentOf(context, root, written);
  const pairs: KeyValue[] = [];
  let at = 0;
  for (const [index, whole] of (content ?? '').split('\n').entries()) {
    const start = at;
    at += whole.length + 1;
    const line = whole.replace(/\r$/, '').replace(index === 0 ? /^\uFEFF/ : /^$/, '');
    const inset = whole.indexOf(line) + line.length - line.trimStart().length;
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('=')) continue;
    const equals = trimmed.indexOf('=');
    const key = equals < 0 ? trimmed : trimmed.slice(0, equals);
    const from = start + inset;
    const keyAt = { uri, start: from, end: from + key.length, verbatim: true };
    const end = from + trimmed.length;
    const value = equals < 0 ? '' : trimmed.slice(equals + 1);
    pairs.push(pair(text(key, keyAt), text(value, { uri, start: end - value.length, end, verbatim: equals >= 0 })));
  }
  return pairs;
}
