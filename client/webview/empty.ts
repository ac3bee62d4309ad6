import type { TopologyView } from './protocol';

/** What stands in place of a drawing without cards. */
export function emptyText(graph: TopologyView): string {
  if (graph.nodes.length > 0)
    return 'Nothing passes the filter. Show more layers, all namespaces, or turn the problems filter off.';
  return 'No Kubernetes objects here yet. Open or write a manifest with a Service, an Ingress or a workload, and it appears here.';
}
