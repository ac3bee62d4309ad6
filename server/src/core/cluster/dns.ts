/** The cluster's DNS: its Service, and the zones of CoreDNS' Corefile. */
import { partsOf } from '../address/part';
import type { Field } from '../path';
import { each, field, scalarAt, textAt } from '../path';
import type { Scalar } from '../value';
import type { ClusterFacts } from './facts';
import { noFacts } from './facts';

/** The Service that kubelets point pods at: `kube-dns`, as kubeadm and the addon name it. */
export function readDnsService(tree: Field): ClusterFacts | undefined {
  const name = textAt(field(tree, 'metadata', 'name'));
  const app = textAt(field(tree, 'spec', 'selector', 'k8s-app'));
  const isDns =
    textAt(field(tree, 'metadata', 'namespace')) === 'kube-system' &&
    (name === 'kube-dns' || ((name === 'coredns' || name === 'rke2-coredns-rke2-coredns') && app === 'kube-dns'));
  if (!isDns) return undefined;
  const several = each(field(tree, 'spec', 'clusterIPs')).flatMap((at) => scalarAt(at) ?? []);
  const one = scalarAt(field(tree, 'spec', 'clusterIP'));
  const service = (several.length > 0 ? several : one ? [one] : []).filter(
    ({ text }) => text !== '' && text !== 'None',
  );
  return service.length > 0 ? { ...noFacts, dns: { servers: [], service, domains: [] } } : undefined;
}

/** The zones of the `kubernetes` plugin in a Corefile, without those of reverse look-up. */
export function readCorefile(text: Scalar, path: string): ClusterFacts {
  const domains = [...text.text.matchAll(/^[ \t]*kubernetes[ \t]+([^{\n#]*)/gm)].flatMap((match) => {
    const start = match.index + match[0].length - (match[1]?.length ?? 0);
    return [...(match[1] ?? '').matchAll(/\S+/g)].flatMap((zone) => {
      const name = zone[0];
      if (/\.arpa\.?$|^[\d.:a-f]+\/\d+$/i.test(name)) return [];
      const at = start + zone.index;
      return [{ text: partsOf(text)(at, at + name.length), field: 'Corefile zone', path }];
    });
  });
  return { ...noFacts, dns: { servers: [], service: [], domains } };
}
