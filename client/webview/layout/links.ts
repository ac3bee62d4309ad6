// The lines of the drawing: edges with the same ends and meaning are one line, and some lines stay quiet.
import type { EdgeState, EdgeType, TopologyEdge, TopologyView } from '../protocol';

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

/** What touches more objects than this, without sending them traffic, would cover the drawing with lines. */
const hubDegree = 2;
/** So does a selector or a route that fits this many. */
const trafficHubDegree = 20;
/** More connections than this are a hairball, wherever they begin and end. */
const mostConnections = 150;

/** These carry traffic, or would. */
const traffic: ReadonlySet<EdgeType> = new Set(['routes', 'selects', 'calls']);

/** In the order of the graph's edges; an edge whose end is not among the nodes has no line. */
export function links(graph: TopologyView): readonly Link[] {
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const merged = new Map<string, Omit<Link, 'quiet'> & { labels: string[]; messages: string[] }>();
  const degree = new Map<string, number>();
  const connected = new Set<string>();
  for (const edge of graph.edges) {
    if (!nodes.has(edge.from) || !nodes.has(edge.to)) continue;
    const key = [edge.from, edge.to, edge.type, edge.state].join(' ');
    let link = merged.get(key);
    if (!link) {
      link = { key, from: edge.from, to: edge.to, type: edge.type, state: edge.state, labels: [], messages: [] };
      merged.set(key, link);
      if (traffic.has(edge.type)) connected.add(pair(link));
      degree.set(hub(link), (degree.get(hub(link)) ?? 0) + 1);
    }
    const label = edge.label?.replaceAll(' -> ', ' → ');
    if (label && !link.labels.includes(label)) link.labels.push(label);
    if (edge.message && !link.messages.includes(edge.message)) link.messages.push(edge.message);
  }
  const connects = isConnection(graph);
  const isDense = [...merged.values()].filter(connects).length > mostConnections;
  const isSide = (link: Omit<Link, 'quiet'>): boolean =>
    (link.type === 'allows' && (isDense || !connects(link))) ||
    (degree.get(hub(link)) ?? 0) > (traffic.has(link.type) || connects(link) ? trafficHubDegree : hubDegree) ||
    (!traffic.has(link.type) && connected.has(pair(link)));
  return [...merged.values()].map((link) => ({
    ...link,
    quiet: link.from === link.to || (link.state === 'ok' && isSide(link)),
  }));
}

/** Tells the edges between workloads that may connect from those between a policy and those whom it allows. */
export function isConnection({ nodes }: TopologyView): (edge: Pick<TopologyEdge, 'type' | 'from'>) => boolean {
  const workloads = new Set(nodes.flatMap(({ id, layer }) => (layer === 'workload' ? [id] : [])));
  return ({ type, from }) => type === 'allows' && workloads.has(from);
}

/** The end that may have very many such links: a policy, a selector, or what many attach to. */
function hub({ from, to, type }: { readonly from: string; readonly to: string; readonly type: EdgeType }): string {
  return `${type} ${type === 'attaches' ? to : from}`;
}

/** The two ends without their direction. */
function pair({ from, to }: { readonly from: string; readonly to: string }): string {
  return [from, to].sort().join(' ');
}
