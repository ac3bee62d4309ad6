import type { Address } from '../cidr';
import { isLinkLocal, isLinkLocalMulticast, isLoopback, isMulticast, isUnspecified, parseAddress } from '../cidr';
import type { Draft } from '../finding';
import { say } from '../finding';
import { addressKey } from '../keys';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { field, select, textAt } from '../path';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { namesNothing } from './shared/names-nothing';
import { mention, named } from './shared/words';

/** Addresses that no packet can be sent to (core validation ValidateNonSpecialIP), and why. */
const unusable: readonly (readonly [(address: Address) => boolean, string])[] = [
  [isUnspecified, 'is the unspecified address'],
  [isLoopback, 'is a loopback address: in every pod it means the pod itself'],
  [isLinkLocal, 'is a link-local address: it is valid on one network link only'],
  [isLinkLocalMulticast, 'is a link-local multicast address'],
  [isMulticast, 'is a multicast address'],
];

/** Endpoints that belong to no Service, or whose addresses lead nowhere. */
export const endpointsWithoutService = defineRule({
  id: 'endpoints-without-service',
  summary: 'Endpoints or an EndpointSlice belong to no Service, or hold an address that cannot be reached',
  levels: ['warning', 'information', 'error'],
  about: ['manual'],
  *resource({ resource, tree }) {
    if (!resource.manual) return;
    const type = textAt(field(tree, 'addressType'));
    // Names are allowed in an EndpointSlice that says so.
    if (type === 'FQDN') return;
    const lists = ['subsets.*.addresses.*.ip', 'subsets.*.notReadyAddresses.*.ip', 'endpoints.*.addresses.*'];
    for (const at of lists.flatMap((list) => select(tree, list))) {
      const text = textAt(at);
      if (text === undefined || isTemplated(text)) continue;
      const address = parseAddress(text);
      const reason = address
        ? (unusable.find(([is]) => is(address))?.[1] ?? otherFamily(type, address))
        : 'is no IP address';
      if (reason)
        yield {
          level: 'error',
          at: at.at,
          path: at.path,
          message: say`${text} ${reason}, so it cannot stand in ${resource.kind}: write the address of the backend`,
        };
    }
  },
  *linked(resource, links) {
    if (!resource.manual) return;
    for (const reference of resource.references) {
      const draft = namesNothing(resource, reference, links, {
        consequence: ', so nothing uses these addresses',
        mayBeMeant: (service) => service.selectors.every(({ pairs }) => pairs.length === 0),
      });
      if (draft) yield draft;
    }
    yield* serviceAddresses(resource, links);
  },
});

/** All addresses of an EndpointSlice are of its addressType. */
function otherFamily(type: string | undefined, { family }: Address): string | undefined {
  return (type === 'IPv4' && family !== 4) || (type === 'IPv6' && family !== 6)
    ? `is no ${type} address, as addressType says`
    : undefined;
}

/** The API server takes the cluster IP of a Service as an Endpoints address, and kube-proxy never forwards to one. */
function* serviceAddresses(resource: Resource, links: Links): Iterable<Draft> {
  for (const { ip } of resource.manual?.addresses ?? []) {
    const found = [...links.rings(addressKey(ip.text), resource)].filter(({ ring }) => ring <= 1)[0];
    const [service] = found?.resources ?? [];
    if (!found || !service) continue;
    yield {
      // In another file the address may be that of another cluster.
      level: found.ring === 0 ? 'warning' : 'information',
      at: ip.origin,
      message: say`${ip.text} is the cluster IP of ${named(service)}: endpoints need addresses of pods or hosts, cluster IPs are not forwarded again`,
      related: [mention(service)],
    };
  }
}
