import type { Links } from '../../links';
import type { Field } from '../../path';
import { root } from '../../path';
import type { Resource } from '../../resource';
import { columnOf } from '../../text';
import { readDocument } from '../../yaml';

/** The tree of a resource that is linked with the one that is judged, read again from its text, for fixes that add to it. */
export function writtenTree(resource: Resource, links: Links): Field | undefined {
  const { uri, start, end } = resource.at;
  const text = links.text(resource);
  // An item of a list begins behind its dash: its first line needs its column.
  const column = columnOf(text, start);
  const at = { start: start - column, end };
  const source = ' '.repeat(column) + text.slice(start, end);
  const { value, problems } = readDocument(uri, text, at, resource.owned ? 'kustomize' : 'kubectl', source);
  return problems.length > 0 || value?.type !== 'map' ? undefined : root(value);
}
