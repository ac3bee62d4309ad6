import type { TopologyEdge, TopologyNode, TopologyView } from '../../client/webview/protocol';

/** Every letter is 7 pixels wide. */
export const measure = (text: string): number => text.length * 7;

export function node(id: string, rest: Partial<TopologyNode> = {}): TopologyNode {
  const [kind = '', namespace = '', name = ''] = id.split('/');
  const layer =
    { Ingress: 'edge', Service: 'service', NetworkPolicy: 'policy', Internet: 'external' }[kind] ?? 'workload';
  return { id, kind, layer: layer as TopologyNode['layer'], namespace, name, problems: [], ...rest };
}

export function edge(from: string, to: string, rest: Partial<TopologyEdge> = {}): TopologyEdge {
  const type = from.startsWith('Ingress') ? 'routes' : from.startsWith('Service') ? 'selects' : 'calls';
  return { from, to, type, state: 'ok', ...rest };
}

/** `count` applications of Ingress, Service and Deployment in one namespace. */
export function applications(namespace: string, count: number): TopologyView {
  const names = Array.from({ length: count }, (_, index) => `${namespace}/app-${index}`);
  return {
    nodes: names.flatMap((name) => [node(`Ingress/${name}`), node(`Service/${name}`), node(`Deployment/${name}`)]),
    edges: names.flatMap((name) => [
      edge(`Ingress/${name}`, `Service/${name}`, { label: 'example.com/ → 80' }),
      edge(`Service/${name}`, `Deployment/${name}`, { label: '8080' }),
    ]),
  };
}

export function join(...graphs: readonly TopologyView[]): TopologyView {
  return { nodes: graphs.flatMap(({ nodes }) => nodes), edges: graphs.flatMap(({ edges }) => edges) };
}
