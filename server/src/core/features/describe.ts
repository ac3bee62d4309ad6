/** Sentences about Services and workloads that hovers, lenses and the topology share. */
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import type { Backend, Endpoints, PortEndpoints } from '../network/endpoints';
import { endpointsOf, podCount } from '../network/endpoints';
import { isPod } from '../kinds/table';
import type { Resource, SelectorUse, ServicePort } from '../resource';
import { podSelector } from '../resource';
import { code, count, plain, some } from './markdown';

/** `2 workloads, 4 pods`. */
export function reach(workloads: readonly Resource[], use: SelectorUse | undefined): string {
  const pods = podCount(workloads, use);
  return pods === undefined
    ? count(workloads.length, 'workload')
    : `${count(workloads.length, 'workload')}, ${count(pods, 'pod')}`;
}

/** What a Service leads to, as the end of a sentence: `reaches 2 workloads, 4 pods`. */
export function outcome(
  service: Resource,
  links: Links,
): { readonly endpoints: Endpoints; readonly words: Text } | undefined {
  if (!service.service) return undefined;
  const endpoints = endpointsOf(service, service.service, links);
  return { endpoints, words: words(service, endpoints) };
}

function words(service: Resource, { state, workloads, maybe, ports, addresses, manual }: Endpoints): Text {
  const use = podSelector(service);
  const pairs = use?.pairs ?? [];
  const wanted = pairs.map(({ key, value }) => code(`${key.text}=${value.text}`)).join(' ');
  switch (state) {
    case 'resolved':
      return [`reaches ${reach(workloads, use)}`];
    case 'partial': {
      const lost = ports
        .filter(({ backends }) => backends.length === 0)
        .map(({ port }) => [code(port.name?.text ?? port.port?.text ?? '?')]);
      return say`reaches ${reach(workloads, use)}, but port ${list(lost)} leads to no container port`;
    }
    case 'no-match':
      if (maybe.length > 0)
        return say`may reach ${some(maybe.map((workload) => [{ resource: workload }]))}: ${maybe.some(({ owned }) => owned) ? 'a kustomization decides' : 'a namespace is written on one side only'}`;
      return say`reaches no pod${service.namespace === undefined ? ' here' : ` in namespace ${plain(service.namespace)}`}: none has ${wanted}`;
    case 'no-selector':
      return manual.length > 0
        ? say`reaches ${count(new Set(addresses.map(({ ip }) => ip)).size, 'address')} of ${some(manual.map((from) => [{ resource: from }]))}`
        : ['has no selector: its endpoints are made elsewhere'];
    case 'external-name':
      return [`is another name for ${code(service.service?.externalName?.text ?? '?')}`];
    case 'unknown':
      return ['has a templated selector: what it reaches is known when it is rendered'];
  }
}

/** `×3`, or nothing where the manifest does not say how many. */
export function times(workload: Resource, replicas = workload.pods?.replicas): string {
  return replicas === undefined || (replicas === 1 && isPod(workload)) ? '' : ` ×${replicas}`;
}

/** `http 80/TCP → 8080`: the port, and where it leads when all pods agree. */
export function portHead(port: ServicePort, backends: readonly Pick<Backend, 'number'>[]): string {
  const numbers = [...new Set(backends.map(({ number }) => number))];
  const target = numbers.length > 0 ? numbers.join(' or ') : (port.targetPort?.text ?? port.port?.text ?? '?');
  const node = port.nodePort ? `, node port ${code(port.nodePort.text)}` : '';
  return `${port.name ? `${code(port.name.text)} ` : ''}${plain(port.port?.text ?? '?')}/${port.protocol} → ${plain(target)}${node}`;
}

/** One line for a Service port: where it leads, each workload with its place and container. */
export function portLine({ port, backends, without }: PortEndpoints): Text {
  const head = portHead(port, backends);
  if (backends.length === 0) {
    const target = port.targetPort?.text ?? port.port?.text ?? '?';
    return without.length === 0
      ? [head]
      : say`${head}: no container port ${code(target)} (${port.protocol}) in ${some(without.map((workload) => [{ resource: workload }]))}`;
  }
  return say`${head}: ${some(backends.map(backend))}${without.length > 0 ? say`; not in ${some(without.map((workload) => [{ resource: workload }]))}` : undefined}`;
}

function backend({ workload, container, declared, replicas }: Backend): Text {
  const where = container?.name ? `, container ${plain(container.name.text)}` : '';
  return say`${workload}${times(workload, replicas)} (${workload.at}${where}${declared ? '' : ', port not declared'})`;
}
