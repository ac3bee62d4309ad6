/** The connections that a workload needs, as far as manifests say: addresses that it calls, callers, routes and monitors. */
import type { Address } from '../../cidr';
import { podMonitor } from '../../kinds/pod-monitor';
import { service as serviceKind } from '../../kinds/service';
import { serviceMonitor } from '../../kinds/service-monitor';
import { tableOf } from '../../kinds/table';
import type { Links } from '../../links';
import type { Direction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { callersOf, callsOf, callText } from '../calls';
import { endpointsOf } from '../endpoints';
import { destinationsOf, podsOf } from './call-verdicts';

/**
 * Pods; an address that is listed for a Service; the controller of a route; whoever comes by a node port; any pod of the
 * cluster, where Prometheus is one.
 */
export type NeedPeer =
  | { readonly workload: Resource; readonly service: Resource | undefined }
  | { readonly address: Address }
  | { readonly route: Resource }
  | 'everybody'
  | 'cluster';

export interface Need {
  readonly direction: Direction;
  readonly peer: NeedPeer;
  readonly protocol: Protocol;
  readonly port: number;
  /** What says so: `calls db:5432`, `is reached through Ingress shop`. */
  readonly why: string;
}

/** `domain` is the cluster's. */
export function needsOf(workload: Resource, links: Links, domain: string): Need[] {
  return [...callsOut(workload, links, domain), ...callsIn(workload, links, domain), ...monitored(workload, links)];
}

function callsOut(workload: Resource, links: Links, domain: string): Need[] {
  return callsOf(workload, links, domain).flatMap((call) =>
    destinationsOf(links, call).map((to): Need => ({
      direction: 'egress',
      peer: to.type === 'pods' ? { workload: to.workload, service: to.service } : { address: to.address },
      protocol: to.protocol,
      port: to.port,
      why: `calls ${callText(call)}`,
    })),
  );
}

function callsIn(workload: Resource, links: Links, domain: string): Need[] {
  return links.selectedBy(workload, [serviceKind]).flatMap(({ from: service }) => {
    const { service: facts } = service;
    if (!facts) return [];
    const callers = callersOf(service, links, domain).flatMap(({ workload: caller, call }) =>
      podsOf(destinationsOf(links, call))
        .filter((destination) => destination.workload === workload && !(caller === workload && isOnePod(caller)))
        .map(({ protocol, port }): Need => ({
          direction: 'ingress',
          peer: { workload: caller, service: undefined },
          protocol,
          port,
          why: `is called by ${caller.kind} ${caller.name ?? ''}`,
        })),
    );
    return [...callers, ...entries(service, workload, links)];
  });
}

/** What it calls by its own name is itself. */
function isOnePod({ pods }: Resource): boolean {
  return pods?.replicas === 1;
}

/** Ports that the outside world is led to. */
function entries(service: Resource, workload: Resource, links: Links): Need[] {
  const { service: facts } = service;
  if (!facts) return [];
  const route = links
    .referrers(service)
    .find(({ from, reference }) => reference.role === 'routes' && tableOf(from)?.layer === 'edge')?.from;
  const isOpen = facts.type === 'NodePort' || facts.type === 'LoadBalancer';
  if (!route && !isOpen) return [];
  const why = route
    ? `is reached through ${route.kind} ${route.name ?? ''}`
    : `is opened by Service ${service.name ?? ''}`;
  return portsOf(service, workload, links).map(({ protocol, port }) => ({
    direction: 'ingress',
    peer: route && !isOpen ? { route } : 'everybody',
    protocol,
    port,
    why,
  }));
}

function monitored(workload: Resource, links: Links): Need[] {
  const need = (monitor: Resource, protocol: Protocol, port: number): Need => ({
    direction: 'ingress',
    peer: 'cluster',
    protocol,
    port,
    why: `is scraped by ${monitor.kind} ${monitor.name ?? ''}`,
  });
  const ports = (workload.pods?.containers ?? []).flatMap((container) => container.ports);
  const byPods = links
    .selectedBy(workload, [podMonitor])
    .flatMap(({ from }) =>
      ports
        .filter(({ name, number }) =>
          from.scrapes.some(({ port }) => port.text === name?.text || port.text === number?.text),
        )
        .flatMap(({ number, protocol }) =>
          typeof number?.value === 'number' ? [need(from, protocol, number.value)] : [],
        ),
    );
  const byServices = links.selectedBy(workload, [serviceKind]).flatMap(({ from: service }) =>
    links.selectedBy(service, [serviceMonitor]).flatMap(({ from }) =>
      portsOf(service, workload, links)
        .filter(({ name }) => from.scrapes.some(({ port }) => port.text === name))
        .map(({ protocol, port }) => need(from, protocol, port)),
    ),
  );
  return [...byPods, ...byServices];
}

/** The ports of a workload's pods that a Service leads to. */
function portsOf(service: Resource, workload: Resource, links: Links) {
  if (!service.service) return [];
  return endpointsOf(service, service.service, links).ports.flatMap(({ port, backends }) =>
    backends
      .filter((backend) => backend.workload === workload)
      .map(({ number }) => ({ name: port.name?.text, protocol: port.protocol, port: number })),
  );
}
