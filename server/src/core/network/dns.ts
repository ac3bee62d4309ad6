/** DNS names by the naming rules alone (kubernetes/dns specification): no record is looked up here. */
import type { Resource, ServiceFacts } from '../resource';
import { namedPods } from './dns-endpoints';

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
 * The names that pods get behind their headless Service, below which they are named: `web-0.web.shop.svc.cluster.local`, or
 * the first and the pattern of many. Without a namespace, the names that hold inside of it: `web-0.web`.
 */
export function podNames(workload: Resource, service: Resource, domain: string): string[] {
  const host = service.namespace === undefined ? service.name : serviceName(service, service.namespace, domain);
  const names = namedPods(service, workload).map(({ hostname }) => `${hostname}.${host ?? ''}`);
  const numbered = workload.pods?.numbered;
  const isMany = numbered !== undefined && (numbered.count ?? Infinity) > 3;
  return isMany ? [...names.slice(0, 1), `${workload.name ?? ''}-N.${host ?? ''}`] : names;
}
