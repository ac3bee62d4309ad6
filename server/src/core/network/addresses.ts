/** The addresses behind a Service, as its EndpointSlices list them (endpointslice utils.go and reconciler.go). */
import { parseAddress } from '../cidr';
import type { Pods } from '../pod-facts';
import type { IPFamily, ManualAddress, Resource, ServiceFacts } from '../resource';
import { ipFamilies as allFamilies } from '../resource';
import type { Protocol } from '../ports';
import type { PortEndpoints } from './endpoints';

/** One address with one port. */
export interface EndpointAddress {
  /** As Go prints it (RFC 5952). */
  readonly ip: string;
  readonly family: IPFamily;
  /** The name of the Service port, `''` where it has none; so EndpointSlices join their ports with those of the Service. */
  readonly portName: string;
  /** Undefined for a headless Service without ports. */
  readonly port: number | undefined;
  readonly protocol: Protocol;
  /** Gets new connections. */
  readonly ready: boolean;
  /** Answers: its pod is ready, though it may be going. */
  readonly serving: boolean;
  readonly terminating: boolean;
  /** The name that makes `<hostname>.<service>` resolve. */
  readonly hostname: string | undefined;
  /** The name of the pod, where one is known. */
  readonly pod: string | undefined;
  /** The Pod, Endpoints or EndpointSlice it is read from. */
  readonly from: Resource;
}

/** The families that slices of a Service may have: those written, that of its clusterIP, else either. */
export function familiesOf({ ipFamilies, clusterIPs }: ServiceFacts): readonly IPFamily[] {
  if (ipFamilies.length > 0) return ipFamilies;
  const [clusterIP] = clusterIPs.flatMap((ip) => parseAddress(ip.text) ?? []);
  return clusterIP ? [familyName(clusterIP.family)] : allFamilies;
}

/** The addresses of selected pods that carry a status; in the order of the Service's families, then of pods and ports. */
export function podAddresses(
  service: Resource,
  facts: ServiceFacts,
  ports: readonly PortEndpoints[],
  workloads: readonly Resource[],
): EndpointAddress[] {
  const rows = workloads.flatMap((from) => {
    const { pods } = from;
    return pods ? podRows(service, facts, ports, from, pods) : [];
  });
  const order = familiesOf(facts);
  return order.flatMap((family) => rows.filter((row) => row.family === family));
}

function podRows(
  service: Resource,
  facts: ServiceFacts,
  ports: readonly PortEndpoints[],
  from: Resource,
  pods: Pods,
): EndpointAddress[] {
  const serving = pods.live?.ready ?? true;
  const terminating = pods.live?.terminating ?? false;
  const common = {
    ready: isReady(facts, pods),
    serving,
    terminating,
    hostname: publishedHostname(service, from, pods),
    pod: from.name,
    from,
  };
  const numbers =
    facts.headless && ports.length === 0
      ? [{ portName: '', port: undefined, protocol: 'TCP' as const }]
      : ports.flatMap(({ port, backends }) => {
          const backend = backends.find(({ workload }) => workload === from);
          return backend ? [{ portName: port.name?.text ?? '', port: backend.number, protocol: port.protocol }] : [];
        });
  return publishedIPs(facts, pods).flatMap((address) =>
    numbers.map((number) => ({ ...address, ...number, ...common })),
  );
}

/** Whether the pods of a workload get traffic, and have their names in DNS; without a status they are to come. */
export function isReady({ publishNotReadyAddresses }: ServiceFacts, { live }: Pods): boolean {
  return publishNotReadyAddresses || ((live?.ready ?? true) && live?.terminating !== true);
}

/**
 * One address of each family of the Service. Where the manifest leaves the families to the API server, a Service has
 * one only unless it asks for two, and that is the family of the pod's primary address.
 */
export function publishedIPs(facts: ServiceFacts, pods: Pods): { readonly ip: string; readonly family: IPFamily }[] {
  const known = pods.addresses.flatMap((text) => {
    const address = parseAddress(text);
    return address ? [{ ip: address.text, family: familyName(address.family) }] : [];
  });
  const decided = facts.ipFamilies.length > 0 || facts.clusterIPs.length > 0 || facts.dualStack;
  const families = decided ? familiesOf(facts) : known.slice(0, 1).map(({ family }) => family);
  return families.flatMap((family) => known.find((address) => address.family === family) ?? []);
}

/** A hostname is published for pods that name this Service as their subdomain (ShouldSetHostname). */
export function publishedHostname(service: Resource, pod: Resource, pods: Pods): string | undefined {
  return pods.subdomain !== undefined &&
    pods.subdomain.text === service.name &&
    pod.namespace === service.namespace &&
    pods.hostname?.text !== ''
    ? pods.hostname?.text
    : undefined;
}

/** What an Endpoints object or EndpointSlice publishes for the ports of a Service; other port names are not served. */
export function manualAddresses(from: Resource, facts: ServiceFacts): EndpointAddress[] {
  return (from.manual?.addresses ?? []).flatMap((address) => {
    const parsed = parseAddress(address.ip.text);
    return parsed
      ? manualPorts(address, facts).map((port) => ({
          ip: parsed.text,
          family: familyName(parsed.family),
          ...port,
          ready: address.ready,
          serving: address.serving,
          terminating: address.terminating,
          hostname: address.hostname,
          pod: address.target,
          from,
        }))
      : [];
  });
}

function manualPorts(address: ManualAddress, facts: ServiceFacts) {
  return address.ports
    .filter(({ name }) => servesPort(facts, name?.text))
    .map(({ name, port, protocol }) => ({
      portName: name?.text ?? '',
      port: typeof port?.value === 'number' ? port.value : undefined,
      protocol,
    }));
}

/** Port names of manual endpoints must match those of the Service; no name is the empty name. */
export function servesPort(facts: ServiceFacts, name: string | undefined): boolean {
  return facts.ports.some((port) => (port.name?.text ?? '') === (name ?? ''));
}

/** How core/v1 calls a family of addresses. */
export function familyName(family: 4 | 6): IPFamily {
  return family === 4 ? 'IPv4' : 'IPv6';
}
