/** The DNS zone of a cluster as plain data: what the `kubernetes` plugin of CoreDNS keeps of Services, endpoints and pods. */
import { addressAt, parseAddress } from '../cidr';
import { writtenServiceRanges } from '../cluster/ranges';
import type { Links } from '../links';
import type { IPFamily, Resource, ServiceFacts } from '../resource';
import { ipFamilies, sameKind } from '../resource';
import { familyName } from './addresses';
import type { DnsEndpoint, DnsPort, ObjectName } from './dns-endpoints';
import { dnsEndpoints } from './dns-endpoints';

/** How names below `pod` are answered (the plugin's `pods`): all of them, only those of known pods, or none. */
export type PodRecords = 'insecure' | 'verified' | 'disabled';

export const podRecordModes: readonly PodRecords[] = ['insecure', 'verified', 'disabled'];

export interface ZoneOptions {
  /** `cluster.local` */
  readonly domain: string;
  readonly pods: PodRecords;
  /** Services with a cluster IP and no endpoint do not exist (the plugin's `ignore empty_service`). */
  readonly ignoreEmptyService?: boolean;
  /** Only these namespaces are served (the plugin's `namespaces`); all when absent. */
  readonly namespaces?: readonly string[];
}

/** An address; `ip` is undefined where only the running cluster knows it. */
export interface DnsAddress {
  readonly ip: string | undefined;
  readonly family: IPFamily;
}

export interface ZoneService {
  readonly of: ObjectName;
  readonly type: 'cluster-ip' | 'headless' | 'external';
  readonly externalName: string | undefined;
  readonly addresses: readonly DnsAddress[];
  readonly ports: readonly DnsPort[];
  readonly endpoints: () => readonly DnsEndpoint[];
}

export interface Zone extends ZoneOptions {
  /** By `namespace/name` in lower case. */
  readonly services: ReadonlyMap<string, ZoneService>;
  /** In lower case. */
  readonly namespaces: readonly string[];
  /** The pods with a known address, by that address. */
  readonly podsByAddress: ReadonlyMap<string, readonly ObjectName[]>;
  /** The Service of the DNS server itself; undefined where it is not here. */
  readonly server: ZoneService | undefined;
}

/** Namespaces that every cluster has. */
const builtInNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What installers call the Service of the DNS server. */
const serverNames = ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns'];

const serviceKind = { group: '', kind: 'Service' };
const namespaceKind = { group: '', kind: 'Namespace' };

/** The zone of a world. `namespace` is that of resources that name none. */
export function zoneOf(resources: readonly Resource[], links: Links, namespace: string, options: ZoneOptions): Zone {
  const clusterAddresses = firstServiceAddresses(resources);
  const services = new Map<string, ZoneService>();
  const namespaces = new Set(builtInNamespaces);
  const podsByAddress = new Map<string, ObjectName[]>();
  for (const resource of resources) {
    const { kind, name, service, pods } = resource;
    if (sameKind(resource, namespaceKind) && name !== undefined) namespaces.add(name.toLowerCase());
    if (resource.clusterScoped || name === undefined) continue;
    const of = { kind, namespace: resource.namespace ?? namespace, name };
    namespaces.add(of.namespace.toLowerCase());
    // Of two objects of one name the last is the one that stays.
    if (service && sameKind(resource, serviceKind))
      services.set(serviceKey(of.namespace, name), zoneService(resource, service, of));
    const address = parseAddress(pods?.addresses[0] ?? '')?.text;
    if (pods?.live && !pods.finished && !pods.live.terminating && address !== undefined)
      podsByAddress.set(address, [...(podsByAddress.get(address) ?? []), of]);
  }
  const apiServer = serviceKey('default', 'kubernetes');
  if (!services.has(apiServer)) services.set(apiServer, kubernetesService(clusterAddresses));
  const served = options.namespaces?.map((item) => item.toLowerCase());
  return {
    ...options,
    services,
    namespaces: [...namespaces].filter((item) => served?.includes(item) ?? true),
    podsByAddress,
    server: serverNames.flatMap((name) => services.get(serviceKey('kube-system', name)) ?? [])[0],
  };

  function zoneService(resource: Resource, facts: ServiceFacts, of: ObjectName): ZoneService {
    const unknown = familiesWithout(facts, clusterAddresses);
    let endpoints: readonly DnsEndpoint[] | undefined;
    return {
      of,
      type: facts.type === 'ExternalName' ? 'external' : facts.headless ? 'headless' : 'cluster-ip',
      externalName: facts.externalName?.text,
      addresses: clusterIPs(facts, unknown),
      ports: facts.ports.flatMap(({ name, port, protocol }) =>
        typeof port?.value === 'number' ? [{ name: name?.text ?? '', number: port.value, protocol }] : [],
      ),
      endpoints: () => (endpoints ??= dnsEndpoints(resource, facts, links, unknown, namespace)),
    };
  }
}

export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`.toLowerCase();
}

/** The written addresses, and one to come for each family that has none written. */
function clusterIPs(facts: ServiceFacts, unknown: readonly IPFamily[]): DnsAddress[] {
  const written = facts.clusterIPs.flatMap(({ text }) => {
    const address = parseAddress(text);
    return address ? [{ ip: address.text, family: familyName(address.family) }] : [];
  });
  const wanted = facts.ipFamilies.length > 0 || facts.dualStack || written.length === 0 ? unknown : [];
  const open = wanted.filter((family) => !written.some((address) => address.family === family));
  return [...written, ...open.map((family) => ({ ip: undefined, family }))];
}

/** The families of addresses that no manifest shows: those that the Service asks for, else the cluster's first. */
function familiesWithout(facts: ServiceFacts, cluster: readonly DnsAddress[]): readonly IPFamily[] {
  if (facts.dualStack) return ipFamilies;
  if (facts.ipFamilies.length > 0) return facts.ipFamilies;
  const [written] = facts.clusterIPs.flatMap(({ text }) => parseAddress(text) ?? []);
  return [written ? familyName(written.family) : (cluster[0]?.family ?? 'IPv4')];
}

/** The API server takes the first address of each Service range for itself. */
function firstServiceAddresses(resources: readonly Resource[]): DnsAddress[] {
  return resources
    .flatMap(({ cluster }) => writtenServiceRanges(cluster))
    .map(({ range, family }) => ({ ip: addressAt(range.first + 1n).text, family: familyName(family) }));
}

/** The Service that the API server makes for itself in every cluster. */
function kubernetesService([first]: readonly DnsAddress[]): ZoneService {
  return {
    of: { kind: 'Service', namespace: 'default', name: 'kubernetes' },
    type: 'cluster-ip',
    externalName: undefined,
    addresses: [first ?? { ip: undefined, family: 'IPv4' }],
    ports: [{ name: 'https', number: 443, protocol: 'TCP' }],
    endpoints: () => [],
  };
}
