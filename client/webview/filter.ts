// Which part of the graph is drawn at all.
import { isConnection } from './layout/links';
import { boxKey } from './layout/place';
import type { Layer, TopologyNode, TopologyView } from './protocol';

/**
 * `box`: the key of the one namespace that is shown, '' for all. `problems`: only what is broken, with its neighbours.
 * `traffic`: the workloads and which of them may connect, in place of how objects lead to each other.
 */
export interface Filter {
  readonly hiddenLayers: readonly Layer[];
  readonly box: string;
  readonly problems: boolean;
  readonly traffic: boolean;
}

export const everything: Filter = { hiddenLayers: [], box: '', problems: false, traffic: false };

/** The nodes that pass, and the edges between them. One namespace keeps the direct neighbours it has in others. */
export function applyFilter(all: TopologyView, filter: Filter): TopologyView {
  const connects = isConnection(all);
  const graph = { nodes: all.nodes, edges: all.edges.filter((edge) => connects(edge) === filter.traffic) };
  let nodes = graph.nodes.filter(({ layer, missing }) =>
    filter.traffic ? layer === 'workload' && !missing : !filter.hiddenLayers.includes(layer),
  );
  if (filter.box !== '') nodes = withNeighbours(graph, nodes, (node) => boxKey(node) === filter.box);
  if (filter.problems) {
    const broken = new Set(graph.edges.filter(({ state }) => state !== 'ok').flatMap(({ from, to }) => [from, to]));
    nodes = withNeighbours(graph, nodes, (node) => hasProblem(node) || broken.has(node.id));
  }
  const shown = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

function withNeighbours(
  graph: TopologyView,
  nodes: readonly TopologyNode[],
  wanted: (node: TopologyNode) => boolean,
): TopologyNode[] {
  const chosen = new Set(nodes.filter(wanted).map(({ id }) => id));
  const near = new Set(chosen);
  const connects = isConnection(graph);
  for (const edge of graph.edges) {
    const { from, to, type } = edge;
    // Who a policy allows is no neighbour: it would bring in the whole cluster.
    if (type === 'allows' && !connects(edge)) continue;
    if (chosen.has(from)) near.add(to);
    if (chosen.has(to)) near.add(from);
  }
  return nodes.filter(({ id }) => near.has(id));
}

/** Hints and information alone do not make an object a broken one. */
export function hasProblem(node: TopologyNode): boolean {
  return node.missing === true || node.problems.some(({ level }) => level === 'error' || level === 'warning');
}
