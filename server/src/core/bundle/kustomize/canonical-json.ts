/** JSON as Go's encoding/json writes it: sorted keys, and escapes for HTML. The name hashes are taken of it. */
import type { Value } from '../../value';

export function canonicalJson(value: Value): string {
  switch (value.type) {
    case 'map': {
      const last = new Map(value.entries.map((entry) => [entry.key.text, entry.value]));
      return `{${[...last]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => `${goString(key)}:${canonicalJson(item)}`)
        .join(',')}}`;
    }
    case 'list':
      return `[${value.items.map(canonicalJson).join(',')}]`;
    case 'scalar':
      return typeof value.value === 'string' ? goString(value.value) : String(value.value);
  }
}

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

export function goString(text: string): string {
  return JSON.stringify(text)
    .replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character)
    .replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
}
