import type { Links } from '../../links';
import type { Field } from '../../path';
import { root } from '../../path';
import type { Resource } from '../../resource';
import { columnOf } from '../../text';
import type { Span } from '../../value';
import type { Reading } from '../../scalars';
import { readDocument } from '../../yaml';

/** The tree of a resource that is linked with the one that is judged, read again from its text, for fixes that add to it. */
export function writtenTree(resource: Resource, links: Links): Field | undefined {
  return treeAt(links.text(resource), resource.at, resource.owned ? 'kustomize' : 'kubectl');
}

/** The map at a place of a file's `text`, read again. */
export function treeAt(text: string, { uri, start, end }: Span, reading: Reading = 'kubectl'): Field | undefined {
  // An item of a list begins behind its dash: its first line needs its column.
  const column = columnOf(text, start);
  const at = { start: start - column, end };
  const source = ' '.repeat(column) + text.slice(start, end);
  const { value, problems } = readDocument(uri, text, at, reading, source);
  return problems.length > 0 || value?.type !== 'map' ? undefined : root(value);
}
