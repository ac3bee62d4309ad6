/** Addresses of the cluster that can be broken: a range, the pod range, flannel's network, the kubelet's name server. */
import type { AddressRange } from '../../server/src/core/cluster/facts';
import type { Resource, Snapshot } from '../../server/src/core/index';
import type { ClusterNetwork } from '../../server/src/core/network/cluster';
import { clusterNetwork } from '../../server/src/core/network/cluster';
import type { Break, Kind } from './breaks';

/** The breaks of what one object says about its cluster. */
export function clusterBreaks(snapshot: Snapshot, resource: Resource): Break[] {
  const { cluster } = resource;
  if (!cluster) return [];
  const network = clusterNetwork(snapshot.links, resource);
  const partners = network.objects.map((object) => object.resource).filter((other) => other !== resource);
  const make = (kind: Kind, at: Break['at'], newText: string, excuse: Break['excuse']): Break[] =>
    at.origin.verbatim && at.origin.uri === resource.uri && at.text !== newText
      ? [{ kind, resource, at, newText, partners, excuse }]
      : [];
  const ranges = cluster.ranges.filter(({ cidr, implied }) => cidr && !implied);
  return [
    ...ranges.flatMap((range) =>
      make('range of addresses', range.text, range.text.text.replace(/\/\d+$/, '/129'), () => undefined),
    ),
    ...ranges.filter(isPodRange).flatMap((range) => {
      const services = servicesBeside(network, range);
      return services === undefined ? [] : make('pod range', range.text, services, () => undefined);
    }),
    ...ranges
      .filter(({ source, family }) => source === 'flannel' && family === 4)
      .flatMap((range) => make('flannel network', range.text, '10.99.0.0/16', flannelExcuse)),
    ...(cluster.dns?.servers ?? []).flatMap((server) => make('name server', server, '192.0.2.99', serverExcuse)),
  ];
}

function isPodRange({ use, source }: AddressRange): boolean {
  return use === 'pods' && source === 'plan';
}

/** The Service range of the same object: pods may not have it. */
function servicesBeside(network: ClusterNetwork, { family }: AddressRange): string | undefined {
  const services = network.services.find(({ range, distance }) => distance === 'file' && range.family === family);
  return services?.range.cidr?.text;
}

const flannelExcuse: Break['excuse'] = (now, broken) => {
  const { pods } = clusterNetwork(now.links, broken);
  const planned = pods.filter(({ range, distance }) => isPodRange(range) && distance !== 'far');
  return planned.length === 0 ? 'nothing beside it says the pod range of the control plane' : undefined;
};

const serverExcuse: Break['excuse'] = (now, broken) => {
  const { services, objects } = clusterNetwork(now.links, broken);
  const hasService = objects.some(({ facts }) => (facts.dns?.service.length ?? 0) > 0);
  return services.length === 0 && !hasService
    ? 'nothing beside it says the Service range or the DNS Service'
    : undefined;
};
