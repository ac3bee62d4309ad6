/**
 * The real tool writes every object as YAML and reads it again. Its writer (go-yaml v3) changes two things on the way:
 * a folded text (`>`) gets one line end more before an indented line, and a missing value inside braces becomes an
 * empty text.
 */
import type { MapValue, Scalar, Value } from '../../value';
import { styleOf } from './made';
import { mapValues } from './tree';

/** The object as it is after it was written and read. */
export function rewritten(tree: MapValue): MapValue {
  const changed = walk(tree, false);
  return changed.type === 'map' ? changed : tree;
}

/**
 * A value that the real tool fails at when it writes the object: a number that JSON does not have, or lines that start
 * with a tab, where its reader takes the tab for an indentation.
 */
export function unwritable(value: Value): Scalar | undefined {
  if (value.type === 'scalar') return isWritable(value) ? undefined : value;
  for (const child of value.type === 'list' ? value.items : value.entries.map((entry) => entry.value)) {
    const found = unwritable(child);
    if (found) return found;
  }
  return undefined;
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
