/** What stands behind a Service in DNS: its ready endpoints, with the names that they get there. */
import { parseAddress } from '../cidr';
import { tableOf } from '../kinds/table';
import type { Links } from '../links';
import { chosenNumbers } from '../pods-match';
import type { Protocol } from '../ports';
import type { Pods } from '../pod-facts';
import type { IPFamily, Resource, ServiceFacts } from '../resource';
import { podSelector } from '../resource';
import { familyName, isReady, publishedHostname, publishedIPs } from './addresses';
import type { Endpoints } from './endpoints';
import { endpointsOf } from './endpoints';

/** The object that an answer is about. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A port by which a record can be asked for. */
export interface DnsPort {
  /** `''` where it has none. */
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
}

export interface DnsEndpoint {
  /** As Go prints it; undefined where only the running cluster knows it. */
  readonly ip: string | undefined;
  readonly family: IPFamily;
  /** The label before the Service's name; without one the address with dashes is it. */
  readonly hostname: string | undefined;
  readonly ports: readonly DnsPort[];
  readonly of: ObjectName;
}

/** A pod with a name of its own behind a Service. */
export interface NamedPod {
  readonly hostname: string;
  /** The pod's name where it is known: pods of a Deployment share one hostname. */
  readonly pod: string | undefined;
}

/**
 * The hostnames of a workload's pods that a Service publishes: of a StatefulSet with this serviceName and of an indexed
 * Job with this subdomain one a pod, else the written hostname of pods with this subdomain (ShouldSetHostname).
 */
export function namedPods(service: Resource, workload: Resource): NamedPod[] {
  const { name, pods } = workload;
  if (!pods || name === undefined) return [];
  const { numbered } = pods;
  if (numbered) {
    if (!isNamedBy(workload, pods, service)) return [];
    const use = podSelector(service);
    const all = Array.from({ length: numbered.count ?? 1 }, (_, index) => numbered.start + index);
    return ((use && chosenNumbers(use, pods)) ?? all).map((number) => {
      const pod = `${name}-${number}`;
      // The pods of a Job have a random end; the hostname alone has the index.
      return { hostname: pod, pod: governs(workload) ? pod : undefined };
    });
  }
  const hostname = publishedHostname(service, workload, pods);
  return hostname === undefined ? [] : [{ hostname, pod: workload.kind === 'Pod' ? name : undefined }];
}

function governs(workload: Resource): boolean {
  return tableOf(workload)?.pods?.governedByService === true;
}

/** The controller of a StatefulSet writes its serviceName into the pods as their subdomain. */
function isNamedBy(workload: Resource, { subdomain }: Pods, service: Resource): boolean {
  if (workload.namespace !== service.namespace) return false;
  return governs(workload)
    ? workload.references.some(({ role, name }) => role === 'attaches' && name.text === service.name)
    : subdomain !== undefined && subdomain.text === service.name;
}

/**
 * The ready endpoints of a Service. `families` are those that its pods' addresses have where no address is known,
 * `namespace` that of resources that name none.
 */
export function dnsEndpoints(
  service: Resource,
  facts: ServiceFacts,
  links: Links,
  families: readonly IPFamily[],
  namespace: string,
): DnsEndpoint[] {
  const endpoints = endpointsOf(service, facts, links);
  if (endpoints.state === 'external-name') return [];
  const place = { namespace: service.namespace ?? namespace };
  const existing = new Set(endpoints.workloads.flatMap(({ pods, name }) => (pods?.live ? (name ?? []) : [])));
  return [...endpoints.workloads.flatMap(ofWorkload), ...writtenEndpoints(service, facts, links, endpoints, place)];

  function ofWorkload(workload: Resource): DnsEndpoint[] {
    const { pods, kind, name = '' } = workload;
    if (!pods || pods.replicas === 0 || !isReady(facts, pods)) return [];
    const ports = portsOf(endpoints, workload);
    const of = { kind, ...place, name };
    if (pods.live) {
      const hostname = publishedHostname(service, workload, pods);
      return publishedIPs(facts, pods).map((address) => ({ ...address, hostname, ports, of }));
    }
    const named = namedPods(service, workload);
    const labels = named.length > 0 ? named : [{ hostname: undefined, pod: undefined }];
    return labels
      .filter(({ pod }) => pod === undefined || !existing.has(pod))
      .flatMap(({ hostname, pod }) =>
        families.map((family) => ({
          ip: undefined,
          family,
          hostname,
          ports,
          of: pod === undefined ? of : { kind: 'Pod', ...place, name: pod },
        })),
      );
  }
}

/** The ports of a workload's pods under the names of the Service's ports. */
function portsOf({ ports }: Endpoints, workload: Resource): DnsPort[] {
  return ports.flatMap(({ port: { name, protocol }, backends }) => {
    const backend = backends.find((item) => item.workload === workload);
    return backend ? [{ name: name?.text ?? '', number: backend.number, protocol }] : [];
  });
}

/**
 * What Endpoints and EndpointSlices list, whatever ports the Service has. The Endpoints of a Service with a selector are
 * the controller's own: what a file says there does not stay.
 */
function writtenEndpoints(
  service: Resource,
  facts: ServiceFacts,
  links: Links,
  { state, manual }: Endpoints,
  place: { readonly namespace: string },
): DnsEndpoint[] {
  const written =
    state === 'no-selector'
      ? manual
      : links.referrers(service).flatMap(({ from }) => (from.manual && from.kind === 'EndpointSlice' ? [from] : []));
  return written.flatMap((from) =>
    (from.manual?.addresses ?? []).flatMap(({ ip, ready, hostname, target, ports }) => {
      const address = parseAddress(ip.text);
      if (!address || !(ready || facts.publishNotReadyAddresses)) return [];
      return [
        {
          ip: address.text,
          family: familyName(address.family),
          hostname,
          ports: ports.flatMap(({ name, port, protocol }) =>
            typeof port?.value === 'number' ? [{ name: name?.text ?? '', number: port.value, protocol }] : [],
          ),
          of:
            target === undefined
              ? { kind: from.kind, ...place, name: from.name ?? '' }
              : { kind: 'Pod', ...place, name: target },
        },
      ];
    }),
  );
}
