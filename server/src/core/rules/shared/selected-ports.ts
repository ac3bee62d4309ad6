/** The ports of a Service against the pods it selects, as far as those pods are known. */
import type { Links } from '../../links';
import { endpointsOf, isNamedTarget } from '../../network/endpoints';
import type { Backend } from '../../network/endpoints';
import { servingContainers } from '../../network/endpoints';
import type { ContainerPort } from '../../pod-facts';
import type { Resource, ServicePort } from '../../resource';
import { isTemplated } from '../../templated';

export interface SelectedPort {
  readonly port: ServicePort;
  readonly backends: readonly Backend[];
  /** Selected workloads that lack the named port. */
  readonly without: readonly Resource[];
}

/** Ports with a named target, and what the selected pods make of the name. Empty where no pod is known. */
export function namedTargets(service: Resource, links: Links): SelectedPort[] {
  return selectedPorts(service, links).filter(({ port }) => isNamedTarget(port));
}

/**
 * All ports, against the selected pods that serve and whose containers are written. Pods that run to an end (Jobs) are
 * left out, unless nothing else is selected.
 */
export function selectedPorts(service: Resource, links: Links): SelectedPort[] {
  if (!service.service) return [];
  const { workloads, ports } = endpointsOf(service, service.service, links);
  const written = workloads.filter(
    ({ pods }) =>
      pods &&
      servingContainers(pods).length > 0 &&
      !hasTemplatedPorts(pods.containers.flatMap((container) => container.ports)),
  );
  const lasting = written.filter((workload) => workload.pods?.ends === false);
  const judged = new Set(lasting.length > 0 ? lasting : written);
  if (judged.size === 0) return [];
  return ports.map(({ port, backends, without }) => ({
    port,
    backends: backends.filter(({ workload }) => judged.has(workload)),
    without: without.filter((workload) => judged.has(workload)),
  }));
}

function hasTemplatedPorts(ports: readonly ContainerPort[]): boolean {
  return ports.some(({ name, number }) => [name, number].some((scalar) => scalar && isTemplated(scalar.text)));
}

const declared = new WeakMap<Resource, readonly ContainerPort[]>();

/** The ports that the serving containers of a workload declare. */
export function declaredPorts(workload: Resource): readonly ContainerPort[] {
  const known = declared.get(workload);
  if (known) return known;
  const found = workload.pods ? servingContainers(workload.pods).flatMap((container) => container.ports) : [];
  declared.set(workload, found);
  return found;
}

/** More ports than this are not listed in a message, nor searched for one that was meant. */
const MAX_LISTED_PORTS = 12;

/** `http 8080/TCP`. */
export function portText({ name, number, protocol }: ContainerPort): string {
  return `${name ? `${name.text} ` : ''}${number?.text ?? '?'}/${protocol}`;
}

/** `http 8080/TCP, metrics 9090/TCP`, or `no ports`. */
export function portsText(workload: Resource): string {
  const all = declaredPorts(workload);
  const more = all.length > MAX_LISTED_PORTS ? ` and ${all.length - MAX_LISTED_PORTS} more` : '';
  return all.length === 0 ? 'no ports' : `${all.slice(0, MAX_LISTED_PORTS).map(portText).join(', ')}${more}`;
}
