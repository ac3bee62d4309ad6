/**
 * Folded texts (`>`) on their way through the real tool: it writes every object as YAML and reads it again, and its
 * writer puts one line end too many where an indented line follows (go-yaml v3, folded scalars).
 */
import type { MapValue, Scalar, Value } from '../../value';
import { mapValues } from './tree';

/** The object with its folded texts as they come out. */
export function refolded(tree: MapValue): MapValue {
  const changed = walk(tree);
  return changed.type === 'map' ? changed : tree;
}

function walk(value: Value): Value {
  if (value.type === 'scalar') return isAffected(value) ? refold(value) : value;
  return mapValues(value, walk);
}

function isAffected({ style, text, origin, raw }: Scalar): boolean {
  return style === 'block' && origin.verbatim && raw?.startsWith('>') === true && /\n[ \t]|\n\n$/.test(text);
}

function refold(scalar: Scalar): Scalar {
  // The writer looks at the first letter of the whole text where it means the next line.
  if (/^[ \t\n]/.test(scalar.text)) return scalar;
  const text = scalar.text
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n+)(?=[ \t])/g, '$1$2$3\n')
    .replace(/(^|\n)([^ \t\n][^\n]*)(\n\n+)$/, '$1$2$3\n');
  return { ...scalar, text, value: text };
}
