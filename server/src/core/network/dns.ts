/** DNS names by the naming rules alone (kubernetes/dns specification): no record is looked up here. */
import type { Resource, ServiceFacts } from '../resource';

/** The full name of a Service; `fallback` is the namespace of one that names none. */
export function serviceName(service: Resource, fallback: string, domain: string): string {
  return `${service.name ?? ''}.${service.namespace ?? fallback}.svc.${domain}`;
}

/** All names by which a pod of the same namespace can reach a Service, shortest first. Without a namespace only the first is certain. */
export function serviceNames(service: Resource, domain: string): string[] {
  const { name, namespace } = service;
  if (name === undefined) return [];
  return namespace === undefined ? [name] : [name, `${name}.${namespace}`, serviceName(service, namespace, domain)];
}

/** The SRV names of a Service's named ports: `_http._tcp.web.shop.svc.cluster.local`. */
export function srvNames(service: Resource, facts: ServiceFacts, domain: string): string[] {
  if (service.name === undefined) return [];
  const host = service.namespace === undefined ? service.name : serviceName(service, service.namespace, domain);
  return facts.ports.flatMap((port) =>
    port.name ? [`_${port.name.text}._${port.protocol.toLowerCase()}.${host}`] : [],
  );
}

/** The environment variable that the kubelet sets for a Service in pods that start after it (enableServiceLinks). */
export function hostVariable(service: Resource, facts: ServiceFacts): string | undefined {
  if (service.name === undefined || facts.headless || facts.type === 'ExternalName') return undefined;
  return `${service.name.toUpperCase().replace(/[-.]/g, '_')}_SERVICE_HOST`;
}

/**
 * The names of a StatefulSet's pods behind its headless Service: `web-0.web.shop.svc.cluster.local`, or the first and the
 * pattern of many. Without a namespace, the names that hold inside of it: `web-0.web`.
 */
export function podNames(workload: Resource, service: Resource, domain: string): string[] {
  const { name, pods } = workload;
  if (name === undefined || service.name === undefined) return [];
  const host = service.namespace === undefined ? service.name : serviceName(service, service.namespace, domain);
  const count = pods?.replicas;
  return count !== undefined && count <= 3
    ? Array.from({ length: count }, (_, index) => `${name}-${index}.${host}`)
    : [`${name}-0.${host}`, `${name}-N.${host}`];
}
