/**
 * The real tool writes every object as YAML and reads it again. Its writer (go-yaml v3) changes two things on the way:
 * a folded text (`>`) gets one line end more before an indented line, and a missing value inside braces becomes an
 * empty text.
 */
import { resolvePlain } from '../../scalars';
import type { MapValue, Scalar, Value } from '../../value';
import { isUntyped, styleOf, untyped } from './made';
import { mapValues } from './tree';

/** The object as it is after it was written and read. */
export function rewritten(tree: MapValue): MapValue {
  const changed = walk(tree, false);
  return changed.type === 'map' ? changed : tree;
}

/** Something in an object that the real tool cannot write, and why. */
export interface Unwritable {
  readonly scalar: Scalar;
  readonly reason: string;
}

/**
 * What the real tool fails at when it writes the object: a key that is no text, a number that JSON does not have, or
 * lines that start with a tab, where its reader takes the tab for an indentation.
 */
export function unwritable(value: Value): Unwritable | undefined {
  if (value.type === 'scalar') return isWritable(value) ? undefined : { scalar: value, reason: noValue };
  if (value.type === 'map') {
    const key = value.entries.find((entry) => !isTextKey(entry.key))?.key;
    if (key) return { scalar: key, reason: noKey(key) };
  }
  for (const child of value.type === 'list' ? value.items : value.entries.map((entry) => entry.value)) {
    const found = unwritable(child);
    if (found) return found;
  }
  return undefined;
}

const noValue = 'kustomize cannot write this value: it is no number of JSON, or lines that start with a tab';

export function isTextKey(key: Scalar): boolean {
  return typeof key.value === 'string' && !((key.style === 'plain' || isUntyped(key)) && isDate(key.text));
}

/** The key of a label or annotation that is written anew, without quotes; where quotes would help, it is what it was. */
export function unquoted(key: Scalar): Scalar {
  const read = resolvePlain(key.text, 'kustomize');
  return typeof read === 'string' && !isDate(key.text) ? key : untyped(read, key.text, key.origin);
}

/** Plain text of a type that values of ours do not have. */
function isDate(text: string): boolean {
  return /^\d{4}-\d\d?-\d\d?$/.test(text);
}

function noKey(key: Scalar): string {
  const { text, value } = key;
  const type =
    value === null
      ? 'null'
      : typeof value === 'boolean'
        ? 'a boolean'
        : typeof value === 'string'
          ? 'a date'
          : 'a number';
  return `kustomize cannot write the key ${text}: it is read as ${type}${isUntyped(key) ? ', in quotes too' : '; put it in quotes'}`;
}

function isWritable({ value, style, text, raw }: Scalar): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  // Texts that generators read from files are written as blocks.
  const isBlock = style === 'block' || (style === 'double' && raw === undefined);
  return !(isBlock && text.startsWith('\t') && text.includes('\n'));
}

function walk(value: Value, inFlow: boolean): Value {
  if (value.type !== 'scalar') return mapValues(value, (child) => walk(child, inFlow || value.flow));
  if (inFlow && value.value === null && value.text === '') return { ...value, value: '' };
  return !inFlow && isFolded(value) ? refolded(value) : value;
}

function isFolded(scalar: Scalar): boolean {
  const { text, origin, raw } = scalar;
  return styleOf(scalar) === 'block' && origin.verbatim && raw?.startsWith('>') === true && /\n[ \t]|\n\n$/.test(text);
}

function refolded(scalar: Scalar): Scalar {
  // The writer looks at the first letter of the whole text where it means the next line.
  if (/^[ \t\n]/.test(scalar.text)) return scalar;
  const text = scalar.text
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n+)(?=[ \t])/g, '$1$2$3\n')
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n\n+)$/, '$1$2$3\n');
  return { ...scalar, text, value: text };
}
