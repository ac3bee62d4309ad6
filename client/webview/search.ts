// Finds nodes by what a person remembers of them.
import type { TopologyNode } from './protocol';

/**
 * Ids of the nodes in which every word of the query occurs, without regard to case, in the order of the nodes.
 * `kind:`, `ns:`, `name:`, `port:` and `file:` look in that field only. An empty query finds nothing.
 */
export function search(nodes: readonly TopologyNode[], query: string): readonly string[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return nodes.filter((node) => words.every((word) => matches(node, word))).map(({ id }) => id);
}

const fields: Readonly<Record<string, (node: TopologyNode) => readonly string[]>> = {
  kind: (node) => [node.kind],
  ns: (node) => [node.namespace ?? ''],
  name: (node) => [node.name],
  port: (node) => [...(node.detail ?? []), ...(node.containers ?? []).flatMap(({ ports }) => ports)],
  file: (node) => [node.file ?? ''],
};

function matches(node: TopologyNode, word: string): boolean {
  const colon = word.indexOf(':');
  const field = colon > 0 ? fields[word.slice(0, colon)] : undefined;
  if (field) return has(field(node), word.slice(colon + 1));
  const containers = (node.containers ?? []).map(({ name }) => name);
  const all = Object.values(fields).flatMap((texts) => texts(node));
  return has([...all, ...containers, `${node.namespace ?? ''}/${node.name}`, `${node.kind}/${node.name}`], word);
}

function has(texts: readonly string[], word: string): boolean {
  return texts.some((text) => text.toLowerCase().includes(word));
}
