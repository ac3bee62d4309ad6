/** What a name of the cluster's zone leads to, before anybody asks for a type (CoreDNS plugin/kubernetes: Records). */
import { parseAddress } from '../cidr';
import { familyName } from './addresses';
import { addressLabel, dashedAddress } from './dns-names';
import type { DnsEndpoint, DnsPort, ObjectName } from './dns-endpoints';
import type { DnsAddress, Zone, ZoneService } from './dns-zone';
import { serviceKey } from './dns-zone';

/** One thing that a name leads to: an address with a port, or another name. */
export type Item =
  | {
      readonly type: 'address';
      readonly address: DnsAddress;
      /** Undefined where there is none to tell in an SRV record. */
      readonly port: number | undefined;
      /** The name that an SRV record points at; undefined where it is made of an address that is not known. */
      readonly host: string | undefined;
      /** Undefined for the pod of an address that no manifest has. */
      readonly of: ObjectName | undefined;
    }
  | { readonly type: 'name'; readonly name: string; readonly of: ObjectName };

/**
 * What a name below the zone leads to. `labels` are those before the domain, in lower case. An empty list: the name
 * exists and has no address (NODATA); undefined: it does not exist (NXDOMAIN).
 */
export function lookup(zone: Zone, labels: readonly string[]): readonly Item[] | undefined {
  const [tree, namespace, name, ...rest] = [...labels].reverse();
  if (tree === undefined) return [];
  if (tree === 'dns' && namespace === 'ns' && name === undefined) return serverAddresses(zone);
  if ((tree !== 'svc' && tree !== 'pod') || rest.length > 2) return undefined;
  if (namespace === undefined) return [];
  if (!zone.namespaces.includes(namespace) || (tree === 'pod' && zone.pods === 'disabled')) return undefined;
  if (name === undefined) return [];
  if (tree === 'pod') return podItems(zone, namespace, name);
  const service = zone.services.get(serviceKey(namespace, name));
  if (!service) return undefined;
  const [last, port] = rest;
  return port === undefined
    ? serviceItems(zone, service, { endpoint: last })
    : serviceItems(zone, service, { port: bare(port), protocol: bare(last ?? '') });
}

/** `service.namespace.svc.cluster.local.` */
export function hostOf({ of }: ZoneService, domain: string): string {
  return `${of.name}.${of.namespace}.svc.${domain}.`;
}

/** The label of an endpoint before the name of its Service. */
export function endpointLabel({ hostname, ip }: DnsEndpoint): string | undefined {
  return hostname ?? (ip === undefined ? undefined : addressLabel(ip));
}

interface Wanted {
  readonly endpoint?: string | undefined;
  readonly port?: string;
  readonly protocol?: string;
}

function serviceItems(zone: Zone, service: ZoneService, wanted: Wanted): readonly Item[] | undefined {
  const { type, of, externalName } = service;
  if (type === 'external') {
    const isPart = wanted.endpoint !== undefined || wanted.port !== undefined;
    // An address is no name, so it makes no CNAME.
    return isPart || !externalName || parseAddress(externalName)
      ? undefined
      : [{ type: 'name', name: externalName, of }];
  }
  if (zone.ignoreEmptyService && type === 'cluster-ip' && service.endpoints().length === 0) return undefined;
  const items =
    type === 'headless' || wanted.endpoint !== undefined
      ? endpointItems(zone, service, wanted)
      : clusterIpItems(zone, service, wanted);
  return items.length > 0 ? items : undefined;
}

function clusterIpItems(zone: Zone, service: ZoneService, wanted: Wanted): Item[] {
  const host = hostOf(service, zone.domain);
  return service.ports
    .filter((port) => hasPort(port, wanted))
    .flatMap(({ number }) =>
      service.addresses.map((address) => ({ type: 'address' as const, address, port: number, host, of: service.of })),
    );
}

function endpointItems(zone: Zone, service: ZoneService, wanted: Wanted): Item[] {
  return service.endpoints().flatMap((endpoint) => {
    const label = endpointLabel(endpoint);
    if (wanted.endpoint !== undefined && label?.toLowerCase() !== wanted.endpoint) return [];
    const ports = endpoint.ports.filter((port) => hasPort(port, wanted)).map(({ number }) => number);
    // An endpoint without ports has addresses all the same.
    const numbers = endpoint.ports.length === 0 && wanted.port === undefined ? [undefined] : ports;
    const host = label === undefined ? undefined : `${label}.${hostOf(service, zone.domain)}`;
    return numbers.map((port) => ({ type: 'address' as const, address: endpoint, port, host, of: endpoint.of }));
  });
}

function hasPort({ name, protocol }: DnsPort, wanted: Wanted): boolean {
  return (
    wanted.port === undefined || (name.toLowerCase() === wanted.port && protocol.toLowerCase() === wanted.protocol)
  );
}

/** The underscores of `_port._protocol` may be left out. */
function bare(label: string): string {
  return label.startsWith('_') ? label.slice(1) : label;
}

function podItems(zone: Zone, namespace: string, label: string): readonly Item[] | undefined {
  const ip = dashedAddress(label);
  const address = ip === undefined ? undefined : parseAddress(ip);
  if (!address) return undefined;
  const known = (zone.podsByAddress.get(address.text) ?? []).filter((pod) => pod.namespace.toLowerCase() === namespace);
  const [pod] = known;
  if (zone.pods === 'verified' && !pod) return undefined;
  return [
    {
      type: 'address',
      address: { ip: address.text, family: familyName(address.family) },
      port: undefined,
      host: undefined,
      of: pod,
    },
  ];
}

/** The address of the DNS server itself, under the name that SOA and NS records give it. */
function serverAddresses({ server }: Zone): readonly Item[] {
  const of = server?.of ?? { kind: 'Service', namespace: 'kube-system', name: 'kube-dns' };
  const addresses: readonly DnsAddress[] =
    server === undefined
      ? [{ ip: undefined, family: 'IPv4' }]
      : server.type === 'headless'
        ? server.endpoints()
        : server.addresses;
  return addresses.map((address) => ({ type: 'address', address, port: undefined, host: undefined, of }));
}
