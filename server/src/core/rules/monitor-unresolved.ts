import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { isNear } from '../near';
import type { ContainerPort } from '../pod-facts';
import type { Resource, ScrapedPort, SelectorUse } from '../resource';
import { podSelector } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { portText } from './shared/backend-port';
import { nameServicePort } from './shared/pod-edits';
import { portsText } from './shared/selected-ports';
import { selectsNothing } from './shared/selects-nothing';
import { named, replace } from './shared/words';

/** A monitor that selects nothing, or scrapes a port that nothing selected has: Prometheus drops the target in silence. */
export const monitorUnresolved = defineRule({
  id: 'monitor-unresolved',
  summary: 'A ServiceMonitor, PodMonitor or Probe selects nothing, or a port that is not there',
  levels: ['warning', 'information'],
  about: ['selector monitors'],
  *linked(resource, links) {
    for (const use of resource.selectors) {
      if (use.role !== 'monitors') continue;
      const draft = use.pairs.length > 0 ? selectsNothing(resource, use, links) : undefined;
      if (draft) yield draft;
      for (const scraped of resource.scrapes) {
        const wrong = isTemplated(scraped.port.text) ? undefined : lacksPort(resource, use, scraped, links);
        if (wrong) yield wrong;
      }
    }
  },
});

function lacksPort(from: Resource, use: SelectorUse, scraped: ScrapedPort, links: Links): Draft | undefined {
  const { to, maybe, unknown } = links.select(from, use);
  if (unknown || maybe.length > 0 || to.length === 0) return undefined;
  if (scraped.of === 'service') return lacksServicePort(to, scraped, links);
  const workloads = use.selects === 'pods' ? to : podsBehind(to, links);
  return workloads && lacksContainerPort(workloads, scraped);
}

/** The name of a Service's port; its number is no name. */
function lacksServicePort(services: readonly Resource[], { port, path }: ScrapedPort, links: Links): Draft | undefined {
  const ports = services.flatMap(({ service }) => service?.ports ?? []);
  const names = ports.flatMap(({ name }) => name?.text ?? []);
  if (names.includes(port.text) || names.some(isTemplated) || services.some(({ service }) => isOpen(service)))
    return undefined;
  const near = names.filter((name) => isNear(port.text, name));
  const same = ports.filter((item) => [item.port, item.targetPort].some((other) => other?.text === port.text));
  const ofSame = same.flatMap(({ name }) => name?.text ?? []);
  const meant = near.length > 0 ? near : ofSame.length > 0 ? ofSame : names.length === 1 ? names : [];
  const [service] = services;
  const [unnamed] = ports.filter((item) => item.name === undefined);
  const isName = typeof port.value === 'string' && !/^\d+$/.test(port.text);
  return {
    level: 'warning',
    at: port.origin,
    path,
    message: say`no selected Service has a port named ${port.text}: ${list(services.slice(0, 3).map((item) => say`${named(item)} has ${item.service?.ports.map(portText).join(', ')}`))}${unnamed ? '. A monitor finds a port by its name, and this one has none' : ''}`,
    related: services
      .slice(0, 3)
      .map((item) => ({ at: item.service?.ports[0]?.at ?? item.nameAt, message: say`the ports of ${named(item)}` })),
    fixes: [
      ...[...new Set(meant)].flatMap((name): Fix[] => replace(`Change to ${name}`, port, name)),
      ...(isName && meant.length === 0 && service && unnamed && ports.length === 1
        ? nameServicePort(service, unnamed, port.text, links)
        : []),
    ],
  };
}

/** Services of which the ports are not all written here. */
function isOpen(service: Resource['service']): boolean {
  return !service || service.ports.length === 0 || service.type === 'ExternalName';
}

/** The pods behind Services; undefined when some may not be here. */
function podsBehind(services: readonly Resource[], links: Links): readonly Resource[] | undefined {
  const found = services.map((service) => {
    const use = podSelector(service);
    const { to, maybe, unknown } = use ? links.select(service, use) : { to: [], maybe: [], unknown: true };
    return unknown || maybe.length > 0 || to.length === 0 ? undefined : to;
  });
  return found.every((workloads) => workloads !== undefined) ? found.flat() : undefined;
}

/** Prometheus keeps the targets whose container port has the name or number, so it must be declared. */
function lacksContainerPort(workloads: readonly Resource[], { port, path }: ScrapedPort): Draft | undefined {
  const containers = workloads.flatMap(({ pods }) => pods?.containers ?? []);
  const declared = containers.flatMap(({ ports }) => ports);
  if (containers.length === 0 || declared.some((item) => isSame(item, port) || isUnknownPort(item))) return undefined;
  if (workloads.some(({ pods }) => pods?.containers.length === 0)) return undefined;
  const names = [...new Set(declared.flatMap(({ name }) => name?.text ?? []))];
  const near = names.filter((name) => isNear(port.text, name));
  const meant = near.length > 0 ? near : names.length === 1 ? names : [];
  const what =
    typeof port.value === 'number' ? `declares container port ${port.text}` : `has a container port named ${port.text}`;
  return {
    level: 'warning',
    at: port.origin,
    path,
    message: say`no selected pod ${what}: ${list(workloads.slice(0, 3).map((item) => say`${named(item)} declares ${portsText(item)}`))}`,
    related: workloads
      .slice(0, 3)
      .map((item) => ({ at: item.nameAt, message: say`${named(item)} declares ${portsText(item)}` })),
    fixes:
      typeof port.value === 'string' ? meant.flatMap((name): Fix[] => replace(`Change to ${name}`, port, name)) : [],
  };
}

function isSame({ name, number }: ContainerPort, { value }: Scalar): boolean {
  return typeof value === 'number' ? number?.value === value : name?.text === value;
}

function isUnknownPort({ name, number }: ContainerPort): boolean {
  return [name, number].some((item) => item && isTemplated(item.text));
}
