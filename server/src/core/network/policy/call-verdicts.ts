/** Whether calls get through: what policies say of the way from pods to a Service, whose port is translated on the way. */
import type { Address } from '../../cidr';
import { parseAddress } from '../../cidr';
import type { Links } from '../../links';
import { chosenNumbers } from '../../pods-match';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { podSelector } from '../../resource';
import type { EndpointAddress } from '../addresses';
import type { Call } from '../calls';
import type { CalledPort } from '../called-port';
import { endpointsOf, mayListen } from '../endpoints';
import { addressVerdict } from './address-verdict';
import { numberedPod, podCalled } from './numbered-pod';
import type { LinkedVerdict } from './verdicts';
import { verdictBetween } from './verdicts';

/** Pods behind a Service, and the port of theirs that is reached. */
export interface PodsDestination {
  readonly type: 'pods';
  readonly service: Resource;
  readonly workload: Resource;
  /** The one of its pods that is meant, where all others are not. */
  readonly pod: Resource | undefined;
  readonly protocol: Protocol;
  readonly port: number;
}

/** An address behind a Service that is none of a pod here. */
export interface AddressDestination {
  readonly type: 'address';
  readonly service: Resource;
  readonly address: Address;
  /** The Endpoints or EndpointSlice that lists it. */
  readonly by: Resource;
  readonly protocol: Protocol;
  readonly port: number;
}

export type Destination = PodsDestination | AddressDestination;

export interface CallVerdict {
  /** False where no pod behind the Service is reached; undefined where the manifests do not tell. */
  readonly allowed: boolean | undefined;
  /** The first pods that are not reached, else the first ones; undefined where none are here. */
  readonly destination: Destination | undefined;
  readonly verdict: LinkedVerdict | undefined;
  /** Connections go to some pods that are not reached and to others: this part of them fails. */
  readonly failing: readonly Judged[];
}

export interface Judged {
  readonly destination: Destination;
  readonly verdict: LinkedVerdict;
}

/** More pods behind one Service than this are not asked one by one. */
const MAX_DESTINATIONS = 20;

/** Whether the pods of a workload reach what a call means. */
export function callVerdict(links: Links, caller: Resource, call: Call): CallVerdict {
  const found = destinationsOf(links, call).flatMap((destination) => judge(links, caller, destination));
  const closed = found.filter(({ verdict }) => verdict.allowed === false);
  const [first] = closed;
  const isClosed = first !== undefined && closed.length === found.length;
  const isOpen = found.some(({ verdict }) => verdict.allowed === true);
  const shown = isClosed ? first : (found.find(({ verdict }) => verdict.allowed !== false) ?? found[0]);
  return {
    allowed: isClosed ? false : isOpen ? true : undefined,
    destination: shown?.destination,
    verdict: shown?.verdict,
    failing: isClosed ? [] : closed.filter(({ destination }) => isBalanced(destination)),
  };
}

/** Pods that policies may tell apart are judged one by one. */
function judge(links: Links, caller: Resource, destination: Destination): Judged[] {
  const verdict = destinationVerdict(links, caller, destination, destination.port);
  if (destination.type === 'address' || destination.pod || verdict.allowed !== undefined)
    return [{ destination, verdict }];
  const single = singlePods(destination).map((pod) => ({ ...destination, pod }));
  return single.length === 0
    ? [{ destination, verdict }]
    : single.map((one) => ({ destination: one, verdict: destinationVerdict(links, caller, one, one.port) }));
}

/** The pods of a workload that carry numbers, as far as the Service chooses them; none where they are not counted. */
function singlePods({ service, workload }: PodsDestination): Resource[] {
  const { pods } = workload;
  if (!pods?.numbered) return [];
  const { start, count = 0 } = pods.numbered;
  const use = podSelector(service);
  const all = Array.from({ length: Math.min(count, MAX_DESTINATIONS + 1) }, (_, index) => start + index);
  const numbers = (use && chosenNumbers(use, pods)) ?? all;
  return numbers.length > MAX_DESTINATIONS ? [] : numbers.map((number) => numberedPod(workload, number));
}

/** Whether the pods of a workload reach a port of a destination. */
export function destinationVerdict(
  links: Links,
  caller: Resource,
  destination: Destination,
  port: number,
): LinkedVerdict {
  return destination.type === 'pods'
    ? verdictBetween(links, caller, destination.pod ?? destination.workload, destination.protocol, port)
    : addressVerdict(links, caller, destination.address, destination.protocol, port);
}

/** Clients of a headless Service choose pods themselves; a port that pods do not declare may be none of theirs. */
function isBalanced(destination: Destination): boolean {
  const { service, protocol, port } = destination;
  if (service.service?.headless !== false) return false;
  const pods = destination.type === 'pods' ? destination.workload.pods : undefined;
  return destination.type === 'address' || (pods !== undefined && mayListen(pods, protocol, port));
}

/** The pods and addresses that a call arrives at; none where that is not certain. */
export function destinationsOf(links: Links, { resolution, services, ports, pod }: Call): Destination[] {
  if (resolution.to.length === 0 || resolution.unknown) return [];
  const found = services.map((service, index) => behind(links, service, ports[index], pod));
  const all = found.flat();
  return found.some((list) => list.length === 0) || all.length > MAX_DESTINATIONS ? [] : all;
}

/** Those of them that are pods. */
export function podsOf(destinations: readonly Destination[]): PodsDestination[] {
  return destinations.flatMap((item) => (item.type === 'pods' ? [item] : []));
}

/** Of a headless Service clients get the addresses of pods, so that the port is the one that is called. */
function behind(
  links: Links,
  service: Resource,
  called: CalledPort | undefined,
  pod: string | undefined,
): Destination[] {
  const { service: facts } = service;
  if (!facts || called?.state !== 'ok') return [];
  const { state, ports, workloads, addresses } = endpointsOf(service, facts, links);
  const { number, port } = called;
  if (state === 'no-selector') return behindManual(service, addresses, facts.headless, called);
  if (facts.headless) {
    if (number === undefined) return [];
    const all = workloads.map((workload): PodsDestination => ({
      type: 'pods',
      service,
      workload,
      pod: pod === undefined ? undefined : podCalled(workload, pod),
      protocol: port?.protocol ?? 'TCP',
      port: number,
    }));
    const named = all.filter((item) => item.pod !== undefined);
    return named.length > 0 ? named : all;
  }
  const reached = ports.find((item) => item.port === port);
  return (reached?.backends ?? []).map((backend) => ({
    type: 'pods',
    service,
    workload: backend.workload,
    pod: undefined,
    protocol: reached?.port.protocol ?? 'TCP',
    port: backend.number,
  }));
}

/** Ready addresses that are listed by hand; none where one is that of a pod, which labels may mean. */
function behindManual(
  service: Resource,
  addresses: readonly EndpointAddress[],
  headless: boolean,
  { number, port }: CalledPort,
): AddressDestination[] {
  if (!port || addresses.some(({ pod }) => pod !== undefined)) return [];
  const listed = addresses.filter((item) => item.ready && item.portName === (port.name?.text ?? ''));
  return listed.flatMap(({ ip, port: target, from }) => {
    const address = parseAddress(ip);
    const reached = headless ? number : target;
    if (!address || reached === undefined) return [];
    return { type: 'address' as const, service, address, by: from, protocol: port.protocol, port: reached };
  });
}
