/** Which names a resolver in a pod tries, in order: resolv.conf as the kubelet writes it (pkg/kubelet/network/dns). */
import type { Pods } from '../pod-facts';

/** A pod's resolv.conf, as far as the manifests tell it. */
export interface Resolver {
  /** Whose answers it gets: the cluster's DNS server, or that of the node, which knows no cluster names. */
  readonly server: 'cluster' | 'node';
  /** Without final dots. What the node's own list adds is not known. */
  readonly searches: readonly string[];
  readonly ndots: number;
}

/** Where nothing says another number: the kubelet's for cluster names, and that of resolv.conf(5). */
const CLUSTER_NDOTS = 5;
const PLAIN_NDOTS = 1;

/**
 * The resolver of a pod in a namespace; without pods that of a pod that says nothing. ClusterFirst of a pod in the
 * network of its node is the node's resolver. `None` has what dnsConfig says, from servers that are taken for the
 * cluster's.
 */
export function resolverOf(pods: Pods | undefined, namespace: string, domain: string): Resolver {
  const { policy, searches = [], ndots } = pods?.dns ?? {};
  const own = searches.map(({ text }) => text.replace(/\.$/, ''));
  const cluster = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain];
  switch (policy?.text ?? 'ClusterFirst') {
    case 'None':
      return { server: 'cluster', searches: unique(own), ndots: ndots ?? PLAIN_NDOTS };
    case 'Default':
      return { server: 'node', searches: unique(own), ndots: ndots ?? PLAIN_NDOTS };
    case 'ClusterFirst':
      if (pods?.hostNetwork) return { server: 'node', searches: unique(own), ndots: ndots ?? PLAIN_NDOTS };
  }
  return { server: 'cluster', searches: unique([...cluster, ...own]), ndots: ndots ?? CLUSTER_NDOTS };
}

/** The absolute names that are tried for a name, in order: with fewer dots than ndots the search list comes first. */
export function candidates(name: string, { searches, ndots }: Resolver): string[] {
  if (name.endsWith('.')) return [name];
  const listed = searches.map((domain) => `${name}.${domain}.`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [`${name}.`, ...listed] : [...listed, `${name}.`];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
