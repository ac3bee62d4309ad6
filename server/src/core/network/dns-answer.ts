/**
 * Answers of the cluster's DNS server to queries, as CoreDNS' kubernetes plugin gives them (handler.go,
 * backend_lookup.go) and the kubernetes/dns specification 1.1.0 wants them. TTLs, priorities, weights and serials are
 * the running server's and left out.
 */
import type { ObjectName } from './dns-endpoints';
import type { Item } from './dns-lookup';
import { endpointLabel, hostOf, lookup } from './dns-lookup';
import { reversedAddress, reverseZones } from './dns-reverse';
import type { Zone } from './dns-zone';

export const recordTypes = ['A', 'AAAA', 'SRV', 'PTR', 'CNAME', 'TXT', 'NS', 'SOA', 'HINFO'] as const;

export type RecordType = (typeof recordTypes)[number];

export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  /** SRV: port and target; SOA: server and mailbox. Null where only the running cluster knows it. */
  readonly data: string | null;
  /** The object that the answer is about. */
  readonly target: ObjectName | undefined;
}

/** `REFUSED`: the name is outside of the cluster's zones, and its DNS server asks others. */
export type ResponseCode = 'NOERROR' | 'NXDOMAIN' | 'REFUSED';

export interface Answer {
  readonly rcode: ResponseCode;
  readonly records: readonly DnsRecord[];
}

const schemaVersion = '1.1.0';

/** CNAMEs that follow each other at most (backend_lookup.go). */
const MAX_ALIASES = 8;

const noData: Answer = { rcode: 'NOERROR', records: [] };
const noName: Answer = { rcode: 'NXDOMAIN', records: [] };

/** The answer to one query; the name is absolute, with or without its final dot, and keeps its case in the answer. */
export function answer(zone: Zone, name: string, type: RecordType): Answer {
  const owner = name.endsWith('.') ? name : `${name}.`;
  const asked = owner.slice(0, -1).toLowerCase();
  const labels = labelsBelow(asked, zone.domain);
  if (labels) return inZone(zone, owner, labels, type);
  const [reverse] = reverseZones.filter((item) => labelsBelow(asked, item));
  if (reverse === undefined) return { rcode: 'REFUSED', records: [] };
  if (asked === reverse) return apex(zone, owner, type) ?? noData;
  if (type === 'SOA') return noData;
  return type === 'PTR' ? found(pointers(zone, owner, reversedAddress(asked))) : noName;
}

/** The labels of a name before a domain; undefined where it is not within it. */
export function labelsBelow(name: string, domain: string): readonly string[] | undefined {
  const end = domain.toLowerCase().replace(/\.$/, '');
  if (name === end) return [];
  return name.endsWith(`.${end}`) ? name.slice(0, -1 - end.length).split('.') : undefined;
}

function inZone(zone: Zone, owner: string, labels: readonly string[], type: RecordType): Answer {
  if (labels.length === 0) return apex(zone, owner, type) ?? noData;
  if (type === 'SOA') return noData;
  if (type === 'TXT' && labels.length === 1 && labels[0] === 'dns-version')
    return { rcode: 'NOERROR', records: [{ name: owner, type, data: schemaVersion, target: undefined }] };
  const items = lookup(zone, labels);
  if (!items) return noName;
  // CoreDNS asks for records of other types before it denies a TXT record; a name without any does not exist for it.
  if (type === 'TXT') return items.length > 0 ? noData : noName;
  return { rcode: 'NOERROR', records: recordsOf(zone, owner, type, items) };
}

/** The name of a zone itself. */
function apex(zone: Zone, owner: string, type: RecordType): Answer | undefined {
  const server = zone.server ? hostOf(zone.server, zone.domain) : `ns.dns.${owner}`;
  if (type === 'NS') return found([{ name: owner, type, data: server, target: zone.server?.of }]);
  if (type === 'SOA')
    return found([{ name: owner, type, data: `ns.dns.${owner} hostmaster.${owner}`, target: zone.server?.of }]);
  return undefined;
}

function recordsOf(zone: Zone, owner: string, type: RecordType, items: readonly Item[]): readonly DnsRecord[] {
  switch (type) {
    case 'A':
    case 'AAAA':
      return addresses(zone, owner, type, items, [owner.toLowerCase()]);
    case 'SRV':
      return unique(items.flatMap((item) => serviceRecord(owner, item)));
    case 'CNAME':
      return items.slice(0, 1).flatMap((item) => (item.type === 'name' ? [alias(owner, item)] : []));
    default:
      return [];
  }
}

/** Addresses of one family; aliases inside of the zone are followed, and left out where they lead to none. */
function addresses(
  zone: Zone,
  owner: string,
  type: 'A' | 'AAAA',
  items: readonly Item[],
  seen: readonly string[],
): DnsRecord[] {
  const family = type === 'A' ? 'IPv4' : 'IPv6';
  return unique(
    items.flatMap((item) => {
      if (item.type === 'address')
        return item.address.family === family
          ? [{ name: owner, type, data: item.address.ip ?? null, target: item.of }]
          : [];
      const record = alias(owner, item);
      const next = absolute(item.name);
      const labels = labelsBelow(next.slice(0, -1).toLowerCase(), zone.domain);
      if (!labels) return [record];
      if (seen.includes(next.toLowerCase()) || seen.length > MAX_ALIASES) return [];
      const found = addresses(zone, next, type, lookup(zone, labels) ?? [], [...seen, next.toLowerCase()]);
      return found.length > 0 ? [record, ...found] : [];
    }),
  );
}

function alias(owner: string, { name, of }: Extract<Item, { type: 'name' }>): DnsRecord {
  return { name: owner, type: 'CNAME', data: absolute(name), target: of };
}

/** SRV records of names outside are not served. */
function serviceRecord(owner: string, item: Item): DnsRecord[] {
  if (item.type === 'name' || item.port === undefined) return [];
  const data = item.host === undefined ? null : `${item.port} ${item.host}`;
  return [{ name: owner, type: 'SRV', data, target: item.of }];
}

/** The name of the Service that has an address as its own; else those of the endpoints that have it. */
function pointers(zone: Zone, owner: string, ip: string | undefined): DnsRecord[] {
  if (ip === undefined) return [];
  const isServed = ({ of }: { readonly of: ObjectName }) => zone.namespaces.includes(of.namespace.toLowerCase());
  const services = [...zone.services.values()].filter(isServed);
  const service = services.find(({ addresses }) => addresses.some((address) => address.ip === ip));
  const record = (data: string, target: ObjectName): DnsRecord => ({ name: owner, type: 'PTR', data, target });
  if (service) return [record(hostOf(service, zone.domain), service.of)];
  return unique(
    services.flatMap((item) =>
      item
        .endpoints()
        .filter((endpoint) => endpoint.ip === ip)
        .map((endpoint) => record(`${endpointLabel(endpoint) ?? ''}.${hostOf(item, zone.domain)}`, endpoint.of)),
    ),
  );
}

function found(records: readonly DnsRecord[]): Answer {
  return records.length > 0 ? { rcode: 'NOERROR', records } : noName;
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** Equal data once; unknown data once for each object. */
function unique(records: readonly DnsRecord[]): DnsRecord[] {
  const known = new Map<string, DnsRecord>();
  for (const record of records) {
    const { name, type, data, target } = record;
    const key = data ?? `${target?.kind ?? ''}/${target?.namespace ?? ''}/${target?.name ?? ''}`;
    if (!known.has(`${type} ${name} ${key}`)) known.set(`${type} ${name} ${key}`, record);
  }
  return [...known.values()];
}
