/**
 * The real tool writes every object as YAML and reads it again. Its writer (go-yaml v3) changes two things on the way:
 * a folded text (`>`) gets one line end more before an indented line, and a missing value inside braces becomes an
 * empty text.
 */
import type { MapValue, Scalar, Value } from '../../value';
import { mapValues } from './tree';

/** The object as it is after it was written and read. */
export function rewritten(tree: MapValue): MapValue {
  const changed = walk(tree, false);
  return changed.type === 'map' ? changed : tree;
}

function walk(value: Value, inFlow: boolean): Value {
  if (value.type !== 'scalar') return mapValues(value, (child) => walk(child, inFlow || value.flow));
  if (inFlow && value.value === null && value.text === '') return { ...value, value: '' };
  return isFolded(value) ? refolded(value) : value;
}

function isFolded({ style, text, origin, raw }: Scalar): boolean {
  return style === 'block' && origin.verbatim && raw?.startsWith('>') === true && /\n[ \t]|\n\n$/.test(text);
}

function refolded(scalar: Scalar): Scalar {
  // The writer looks at the first letter of the whole text where it means the next line.
  if (/^[ \t\n]/.test(scalar.text)) return scalar;
  const text = scalar.text
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n+)(?=[ \t])/g, '$1$2$3\n')
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n\n+)$/, '$1$2$3\n');
  return { ...scalar, text, value: text };
}
