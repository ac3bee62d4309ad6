/**
 * Who calls whom, as far as the manifests say it: the addresses in the texts of workloads and of the ConfigMaps that they
 * read, understood as names of Services.
 */
import type { Address } from '../address/facts';
import { serviceVariable } from '../address/host';
import { callKey } from '../keys';
import type { Links, Resolution } from '../links';
import { likely } from '../links';
import type { Reference, Resource } from '../resource';
import { flatten } from '../rings';
import { readingsOf } from './call-readings';
import type { Reading } from './call-readings';
import { calledPort } from './called-port';
import type { CalledPort } from './called-port';

/** One address that means a Service. */
export interface Call {
  /** The object whose text holds the address: a workload, or a ConfigMap. */
  readonly from: Resource;
  readonly address: Address;
  /** The Service as it is named: `name`, `namespace` and `port` are words of the address, with their places. */
  readonly reference: Reference;
  /** The one pod that is named before the Service: `db-0` of `db-0.db`. */
  readonly pod: string | undefined;
  readonly resolution: Resolution;
  /** The Services that are meant; none when it is not here. */
  readonly services: readonly Resource[];
  /** The port of each of `services`. */
  readonly ports: readonly CalledPort[];
  /** By its form it can be nothing but a Service, also when none of that name is here. */
  readonly isCertain: boolean;
}

/** A call, and the workload whose pods make it. */
export interface Caller {
  readonly workload: Resource;
  readonly call: Call;
}

/**
 * What an address of a resource means. Undefined for hosts outside of the cluster, for names that pods resolve by
 * themselves, and where a template decides. `domain` is the cluster's.
 */
export function callOf(from: Resource, address: Address, links: Links, domain: string): Call | undefined {
  if (from.pods?.hostAliases.includes(address.host.text)) return undefined;
  let first: Call | undefined;
  for (const reading of readingsOf(address, domain)) {
    const call = understand(from, address, reading, links);
    if (call.resolution.unknown) return undefined;
    if (call.services.length > 0) return call;
    first ??= call;
  }
  return first;
}

function understand(from: Resource, address: Address, { reference, tail, pod }: Reading, links: Links): Call {
  const resolution = links.resolve(from, reference);
  const isCertain = tail === undefined || tail === 'svc' || tail === 'domain';
  const found = likely(resolution).filter(
    (service) => pod === undefined || isCertain || service.service?.headless === true,
  );
  const ports = found.map((service) => calledPort(address, service, links));
  // `web.dev` may be a host elsewhere, and `users:100` may count users: only what fits in all is a Service.
  const isSure =
    (tail !== 'namespace' || resolution.to.length > 0 || ports.some(({ state }) => state === 'ok')) &&
    (address.form !== 'hostPort' || isCertain || isPlausible(address) || ports.some(({ state }) => state === 'ok'));
  return {
    from,
    address,
    reference,
    pod,
    resolution,
    services: isCertain || isSure ? found : [],
    ports: isCertain || isSure ? ports : [],
    isCertain,
  };
}

const lowPorts = new Set([22, 25, 53, 80, 88, 110, 123, 143, 179, 389, 443, 445, 514, 587, 636, 873, 993, 995]);

/** Variables and keys that are called after what they hold. */
const addressKey = /(?:addr|address|broker|brokers|endpoint|host|hosts|server|servers|target|upstream|uri|url)$/i;

/** A number that somebody means as a port: other small numbers behind a word are versions, counts and times. */
export function isPlausible({ port, key, inFile }: Address): boolean {
  if (key !== undefined && !inFile && addressKey.test(key)) return true;
  return typeof port?.value === 'number' && (port.value >= 1000 || lowPorts.has(port.value));
}

/** The calls of a workload, of its own texts and of the ConfigMaps that it reads; without those that lead nowhere and may mean something else. */
export function callsOf(workload: Resource, links: Links, domain: string): Call[] {
  return [...textsOf(workload, links)].flatMap(({ from, address }) => {
    const call = callOf(from, address, links, domain);
    return call && (call.isCertain || call.services.length > 0) ? [call] : [];
  });
}

/** True when the pods of a workload need DNS of the cluster: one of their addresses names a Service. */
export function usesServiceNames(workload: Resource, links: Links, domain: string): boolean {
  return callsOf(workload, links, domain).some(({ address }) => address.form !== 'variable');
}

/** The addresses that the pods of a workload get, each with the object that holds it. */
function* textsOf(workload: Resource, links: Links): Iterable<Pick<Call, 'from' | 'address'>> {
  for (const address of workload.addresses) yield { from: workload, address };
  const seen = new Set<Address>();
  for (const { reference, keys } of workload.pods?.configMaps ?? [])
    for (const from of likely(links.resolve(workload, reference)))
      for (const address of from.addresses) {
        if (seen.has(address) || !(keys?.includes(address.key ?? '') ?? true)) continue;
        seen.add(address);
        yield { from, address };
      }
}

/** The addresses that mean a Service, in ConfigMaps also where no workload here reads them. */
export function callsTo(service: Resource, links: Links, domain: string): Call[] {
  if (service.name === undefined) return [];
  return flatten(links.rings(callKey(service.name), service)).flatMap((from) =>
    from.addresses.flatMap((address) => {
      const call = callOf(from, address, links, domain);
      return call?.services.includes(service) ? [call] : [];
    }),
  );
}

/** The workloads that call a Service. */
export function callersOf(service: Resource, links: Links, domain: string): Caller[] {
  return callsTo(service, links, domain).flatMap((call) =>
    readersOf(call.from, call.address, links).map((workload) => ({ workload, call })),
  );
}

/** The workloads whose pods get the text that holds an address. */
export function readersOf(from: Resource, address: Address, links: Links): Resource[] {
  if (from.pods) return [from];
  const reading = links.referrers(from).filter(({ reference }) => reference.role === 'reads');
  const readers = reading
    .filter(({ from: workload, reference }) =>
      workload.pods?.configMaps.some(
        (use) => use.reference === reference && (use.keys?.includes(address.key ?? '') ?? true),
      ),
    )
    .map(({ from: workload }) => workload);
  return [...new Set(readers)];
}

/** `web:80`, `web.shop.svc:http`, as a person would say the address. */
export function callText({ address, reference }: Call): string {
  const variable = address.form === 'variable' ? serviceVariable(address.host.text) : undefined;
  const host = variable ? reference.name.text : address.host.text;
  const port = address.port?.text ?? variable?.portNumber ?? variable?.portName?.toLowerCase();
  return port === undefined ? host : `${host}:${port}`;
}
