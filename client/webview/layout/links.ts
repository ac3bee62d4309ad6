// The lines of the drawing: edges with the same ends and meaning are one line, and some lines stay quiet.
import type { EdgeState, EdgeType, TopologyNode, TopologyView } from '../protocol';

/** One line; `labels` and `messages` of all edges it stands for, without repeats. */
export interface Link {
  /** Stable between two graphs as long as ends, type and state stay. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
  readonly state: EdgeState;
  readonly labels: readonly string[];
  readonly messages: readonly string[];
  /** Shown only while one of its ends is selected, and without influence on where the cards stand. */
  readonly quiet: boolean;
}

/** A policy or setting that touches more objects than this would cover the drawing with lines. */
const hubDegree = 3;

/** In the order of the graph's edges; an edge whose end is not among the nodes has no line. */
export function links(graph: TopologyView): readonly Link[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const merged = new Map<string, Omit<Link, 'quiet'> & { labels: string[]; messages: string[] }>();
  const degree = new Map<string, number>();
  for (const edge of graph.edges) {
    if (!nodes.has(edge.from) || !nodes.has(edge.to)) continue;
    const key = [edge.from, edge.to, edge.type, edge.state].join(' ');
    let link = merged.get(key);
    if (!link) {
      link = { key, from: edge.from, to: edge.to, type: edge.type, state: edge.state, labels: [], messages: [] };
      merged.set(key, link);
      for (const end of new Set([edge.from, edge.to])) degree.set(end, (degree.get(end) ?? 0) + 1);
    }
    if (edge.label && !link.labels.includes(edge.label)) link.labels.push(edge.label);
    if (edge.message && !link.messages.includes(edge.message)) link.messages.push(edge.message);
  }
  const isHub = (node: TopologyNode | undefined): boolean =>
    (node?.layer === 'policy' || node?.layer === 'config') && (degree.get(node.id) ?? 0) > hubDegree;
  return [...merged.values()].map((link) => ({
    ...link,
    quiet:
      link.from === link.to ||
      (link.state === 'ok' && (link.type === 'allows' || isHub(nodes.get(link.from)) || isHub(nodes.get(link.to)))),
  }));
}
