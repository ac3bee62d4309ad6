/** Both ends of a connection to choose from, as `podpath trace` takes them. */
import type { Links } from '../links';
import type { Scene } from '../network/trace/scene';
import { homeOf } from '../network/trace/scene';
import { routesOf } from '../network/ingress-routes';
import type { Resource } from '../resource';
import { podSelector } from '../resource';

export interface TraceEnd {
  /** `deployment/shop/web`, `shop/web:80`, `https://shop.example.com/`, `internet`. */
  readonly text: string;
  readonly kind: string;
}

/** Who can connect: the internet, and every workload. */
export function sources(scene: Scene): TraceEnd[] {
  return [
    { text: 'internet', kind: 'outside of the cluster' },
    ...scene.resources.flatMap((item) => workloadEnd(scene, item)),
  ];
}

/** What can be connected to: ports of Services, hosts of routes, ports of workloads. */
export function destinations(scene: Scene): TraceEnd[] {
  const services = scene.resources.flatMap((item) => serviceEnds(scene, item));
  const hosts = scene.resources.flatMap((item) => hostEnds(item).map((text) => ({ text, kind: item.kind })));
  return unique([...services, ...hosts, ...scene.resources.flatMap((item) => workloadEnd(scene, item))]);
}

/** The ports of a Service. */
export function serviceEnds(scene: Scene, service: Resource): TraceEnd[] {
  const { name } = service;
  if (name === undefined) return [];
  return (service.service?.ports ?? []).flatMap(({ port, protocol }) => {
    const suffix = protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`;
    return port ? [{ text: `${homeOf(scene, service)}/${name}:${port.text}${suffix}`, kind: 'Service' }] : [];
  });
}

/** How a workload is written as an end; undefined for what makes no pods, or has no name. */
export function endText(scene: Scene, resource: Resource): string | undefined {
  return resource.pods && resource.name !== undefined
    ? `${resource.kind.toLowerCase()}/${homeOf(scene, resource)}/${resource.name}`
    : undefined;
}

/** The workloads that an object is, chooses or leads to; undefined for what has nothing to do with any. */
export function workloadsOf(links: Links, resource: Resource): readonly Resource[] | undefined {
  if (resource.pods) return [resource];
  const use = resource.service || resource.policy ? podSelector(resource) : undefined;
  if (use) return links.select(resource, use).to;
  const backends = resource.references.filter(({ route }) => route);
  if (backends.length === 0) return undefined;
  const services = backends.flatMap((reference) => links.resolve(resource, reference).to);
  return [...new Set(services.flatMap((service) => (service.service ? (workloadsOf(links, service) ?? []) : [])))];
}

function workloadEnd(scene: Scene, resource: Resource): TraceEnd[] {
  const text = resource.owned ? undefined : endText(scene, resource);
  return text === undefined ? [] : [{ text, kind: resource.kind }];
}

function hostEnds(resource: Resource): string[] {
  const hasTls = resource.references.some(({ role, path }) => role === 'attaches' && path.startsWith('spec.tls'));
  const scheme = hasTls ? 'https' : 'http';
  const hostnames = resource.gateway?.type === 'route' ? resource.gateway.route.hostnames : [];
  const routes = [
    ...routesOf(resource).map(({ host, path }) => ({ host, path: path ?? '/' })),
    ...hostnames.map(({ text }) => ({ host: text, path: '/' })),
  ];
  return routes.flatMap(({ host, path }) => {
    // A wildcard takes any name in its place.
    const name = host?.replace(/^\*\./, 'any.') ?? '';
    return /^[-\w.]+$/.test(name) ? [`${scheme}://${name}${path}`] : [];
  });
}

function unique(ends: readonly TraceEnd[]): TraceEnd[] {
  return [...new Map(ends.map((end) => [end.text, end])).values()];
}
