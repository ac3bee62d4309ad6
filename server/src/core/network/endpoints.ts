/** Which pods and ports a Service leads to, as the EndpointSlice controller decides it. */
import type { Links } from '../links';
import { chosenCount } from '../pods-match';
import type { Container, ContainerPort, Pods } from '../pod-facts';
import type { Resource, SelectorUse, ServiceFacts, ServicePort } from '../resource';
import { portNumber } from '../ports';
import { podSelector } from '../resource';
import type { EndpointAddress } from './addresses';
import { manualAddresses, podAddresses } from './addresses';
import { isTemplated } from '../templated';

/** A port of a pod that a Service port leads to. */
export interface PodPort {
  readonly number: number;
  /** The container that declares it; undefined where no container does (which is fine for numbers). */
  readonly container: Container | undefined;
  readonly declared: ContainerPort | undefined;
}

export interface Backend extends PodPort {
  readonly workload: Resource;
  /** Pods of it that the Service chooses; undefined where no manifest says it. */
  readonly replicas: number | undefined;
}

export interface PortEndpoints {
  readonly port: ServicePort;
  readonly backends: readonly Backend[];
  /** Selected workloads that have no such named port: the Service port is dropped for their pods. */
  readonly without: readonly Resource[];
}

/** As in `podpath endpoints`; `unknown` where a template decides. */
export type EndpointsState = 'resolved' | 'partial' | 'no-match' | 'no-selector' | 'external-name' | 'unknown';

export interface Endpoints {
  readonly state: EndpointsState;
  /** Workloads whose pods are selected. */
  readonly workloads: readonly Resource[];
  /** Workloads that may be selected: a namespace is written on one side only, or a kustomization may change them. */
  readonly maybe: readonly Resource[];
  readonly ports: readonly PortEndpoints[];
  /** Of selected pods that carry a status; for a Service without selector those of its Endpoints and EndpointSlices. */
  readonly addresses: readonly EndpointAddress[];
  /** The Endpoints and EndpointSlices of a Service without selector. */
  readonly manual: readonly Resource[];
}

/** The containers that can receive traffic, in the order in which a named port is looked for: sidecars last (FindPort). */
export function servingContainers(pods: Pods): readonly Container[] {
  return [
    ...pods.containers.filter((container) => container.role === 'main'),
    ...pods.containers.filter((container) => container.role === 'sidecar'),
  ];
}

/** The container ports of a pod under name or number and protocol; the first declaration counts. */
const declarations = new WeakMap<
  Pods,
  ReadonlyMap<string, { readonly container: Container; readonly item: ContainerPort }>
>();

function declarationsOf(pods: Pods) {
  const known = declarations.get(pods);
  if (known) return known;
  const found = new Map<string, { readonly container: Container; readonly item: ContainerPort }>();
  for (const container of servingContainers(pods))
    for (const item of container.ports) {
      const keys = [
        ...(item.name ? [`${item.protocol} name ${item.name.text}`] : []),
        ...(item.number ? [`${item.protocol} number ${String(item.number.value)}`] : []),
      ];
      for (const key of keys) if (!found.has(key)) found.set(key, { container, item });
    }
  declarations.set(pods, found);
  return found;
}

/**
 * The port of a pod that a Service port means (endpointslice FindPort). A number needs no container port; a name must
 * be declared with the same protocol. Undefined when a name is not there, a template hides the number, or it is no port.
 */
export function podPort(pods: Pods, { port, targetPort, protocol }: ServicePort): PodPort | undefined {
  const wanted = targetPort ?? port;
  const declared = declarationsOf(pods);
  const written = portNumber(wanted?.value);
  if (written !== undefined) {
    const found = declared.get(`${protocol} number ${written}`);
    return { number: written, container: found?.container, declared: found?.item };
  }
  const found = wanted && declared.get(`${protocol} name ${wanted.text}`);
  const number = portNumber(found?.item.number?.value);
  return found && number !== undefined ? { number, container: found.container, declared: found.item } : undefined;
}

/** True when pods run, and declare a port or none at all: a program may listen on it. */
export function mayListen(pods: Pods, protocol: string, port: number): boolean {
  const ports = servingContainers(pods).flatMap((container) => container.ports);
  return (
    pods.replicas !== 0 &&
    (ports.length === 0 || ports.some((item) => item.number?.value === port && item.protocol === protocol))
  );
}

/** True when a Service port names its target and that name is not hidden by a template. */
export function isNamedTarget({ targetPort }: ServicePort): boolean {
  return typeof targetPort?.value === 'string' && !isTemplated(targetPort.text);
}

/**
 * Workloads whose pods can be endpoints: a pod that ran to its end cannot, nor one whose status has no address yet
 * (ShouldPodBeInEndpoints).
 */
function serving(workloads: readonly Resource[]): readonly Resource[] {
  return workloads.filter(({ pods }) => pods && !pods.finished && (!pods.live || pods.addresses.length > 0));
}

/** Several rules ask for one Service; links answer for one state of the workspace, so one answer will do. */
const answers = new WeakMap<Links, Map<Resource, Endpoints>>();

/** What a Service leads to. ExternalName has no endpoints even with a selector. */
export function endpointsOf(service: Resource, facts: ServiceFacts, links: Links): Endpoints {
  const known = answers.get(links) ?? new Map<Resource, Endpoints>();
  answers.set(links, known);
  const endpoints = known.get(service) ?? resolveEndpoints(service, facts, links);
  known.set(service, endpoints);
  return endpoints;
}

function resolveEndpoints(service: Resource, facts: ServiceFacts, links: Links): Endpoints {
  const none = { workloads: [], maybe: [], ports: [], addresses: [], manual: [] };
  if (facts.type === 'ExternalName') return { ...none, state: 'external-name' };
  const use = podSelector(service);
  if (!use || use.selector === 'nothing')
    return { ...none, ...manualEndpoints(service, facts, links), state: use?.unknown ? 'unknown' : 'no-selector' };
  const { to, maybe, unknown } = links.select(service, use);
  const workloads = serving(to);
  const ports = facts.ports.map((port) => portEndpoints(port, workloads, use));
  const state: EndpointsState = unknown
    ? 'unknown'
    : workloads.length === 0
      ? 'no-match'
      : ports.every(({ backends }) => backends.length > 0)
        ? 'resolved'
        : 'partial';
  return {
    ...none,
    state,
    workloads,
    maybe: to.length > 0 ? [] : maybe,
    ports,
    addresses: podAddresses(service, facts, ports, workloads),
  };
}

function portEndpoints(port: ServicePort, workloads: readonly Resource[], use: SelectorUse): PortEndpoints {
  const backends: Backend[] = [];
  const without: Resource[] = [];
  for (const workload of workloads) {
    const { pods } = workload;
    const found = pods && podPort(pods, port);
    if (found) backends.push({ workload, ...found, replicas: chosenCount(use, pods) });
    else without.push(workload);
  }
  return { port, backends, without };
}

/** Endpoints and EndpointSlices that belong to a Service, and what they publish for its ports. */
function manualEndpoints(
  service: Resource,
  facts: ServiceFacts,
  links: Links,
): Pick<Endpoints, 'addresses' | 'manual'> {
  const manual = links.referrers(service).flatMap(({ from }) => (from.manual ? [from] : []));
  return { manual, addresses: manual.flatMap((from) => manualAddresses(from, facts)) };
}

/** Pods of workloads at a time that a selector chooses, as far as the manifests tell. */
export function podCount(workloads: readonly Resource[], use: SelectorUse | undefined): number | undefined {
  const counts = workloads.map(({ pods }) => pods && chosenCount(use, pods));
  return counts.some((count) => count === undefined)
    ? undefined
    : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
