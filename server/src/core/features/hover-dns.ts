import type { Text } from '../finding';
import { say } from '../finding';
import { candidates, resolverOf } from '../network/dns-search';
import type { Pods } from '../pod-facts';
import type { Resource } from '../resource';
import type { Snapshot } from '../workspace';
import { code, title } from './markdown';

/** How the pods of a workload look names up, by an example: whose DNS server they ask, and what a short name becomes. */
export function podDnsCard(snapshot: Snapshot, workload: Resource, pods: Pods): Text[] {
  const { clusterDomain } = snapshot.settingsOf(workload.uri);
  const resolver = resolverOf(pods, workload.namespace ?? 'NAMESPACE', clusterDomain);
  const tried = candidates('web', resolver).map((name) => code(name.slice(0, -1)));
  const line = `${code('web')} is looked up as ${tried.join(', ')} (ndots ${resolver.ndots})`;
  if (resolver.server === 'cluster') return [say`${title(workload)} asks the DNS server of the cluster`, [line]];
  const words = 'asks the DNS server of its node, which knows no names of Services';
  return [say`${title(workload)} ${words}`, ...(pods.hostNetwork ? [[advice]] : [])];
}

const advice = `With ${code('dnsPolicy: ClusterFirstWithHostNet')} it asks that of the cluster`;
