/** Edits that add an entry to a map of which only the place is known, in the style in which it is written. */
import type { Fix, TextEdit } from '../../finding';
import type { Links } from '../../links';
import { field } from '../../path';
import type { Reference, Resource } from '../../resource';
import { columnOf } from '../../text';
import type { Span } from '../../value';
import { addEntry } from './list-edits';
import { quoted } from './words';
import { treeAt } from './written-tree';

/** An edit of the file's `text` that adds `key: value` as the first entry of the map at `at`, or behind its key where that has no value. */
export function addBeside(text: string, at: Span, key: string, value: string | number): TextEdit {
  const { uri, start } = at;
  const tree = treeAt(text, at);
  const filled = tree && field(tree, key).key ? addEntry(text, tree, key, value) : undefined;
  if (filled) return filled;
  const shown = typeof value === 'number' ? String(value) : quoted(value);
  if (text[start] === '{') {
    const next = start + 1;
    return { at: { uri, start: next, end: next }, newText: ` ${key}: ${shown},` };
  }
  return { at: { uri, start, end: start }, newText: `${key}: ${shown}\n${' '.repeat(columnOf(text, start))}` };
}

/** Fixes that name the namespace of an object that is meant and is in another one; none where a namespace is written. */
export function addNamespace(from: Resource, reference: Reference, links: Links): Fix[] {
  const { elsewhere } = links.resolve(from, reference);
  const namespaces = [...new Set(elsewhere.flatMap(({ namespace }) => namespace ?? []))];
  const { at, name } = reference;
  if (reference.namespace || !name.origin.verbatim || at.uri !== from.at.uri) return [];
  return namespaces.slice(0, 3).map((namespace) => ({
    title: `Add namespace: ${namespace}`,
    edits: [addBeside(links.text(from), at, 'namespace', namespace)],
  }));
}
