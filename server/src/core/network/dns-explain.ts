/** Why a name of the cluster's zone does not exist, in words. */
import { labelsBelow } from './dns-answer';
import { endpointLabel } from './dns-lookup';
import type { Zone, ZoneService } from './dns-zone';
import { serviceKey } from './dns-zone';

/** The reason for an NXDOMAIN answer to a name below the cluster domain; undefined where the form of the name is all there is to say. */
export function whyNoName(zone: Zone, name: string): string | undefined {
  const labels = labelsBelow(name.replace(/\.$/, '').toLowerCase(), zone.domain) ?? [];
  const [tree, namespace, first, ...rest] = [...labels].reverse();
  if (tree === undefined) return undefined;
  if (tree !== 'svc' && tree !== 'pod') return `names of the cluster end in .svc.${zone.domain} or .pod.${zone.domain}`;
  if (tree === 'pod' && zone.pods === 'disabled') return 'this DNS server answers no names of pods';
  if (namespace === undefined) return undefined;
  if (!zone.namespaces.includes(namespace)) return `there is no namespace ${namespace} here`;
  if (first === undefined) return undefined;
  if (tree === 'pod')
    return `${first} is not the address of a pod ${zone.pods === 'verified' ? 'here ' : ''}with dashes, as in 10-0-0-1.${namespace}.pod`;
  const service = zone.services.get(serviceKey(namespace, first));
  if (!service) return noService(zone, namespace, first);
  return inService(zone, service, rest.reverse());
}

function noService(zone: Zone, namespace: string, name: string): string {
  const others = [...zone.services.values()].filter(({ of }) => of.name.toLowerCase() === name);
  const where = others.map(({ of }) => of.namespace).sort();
  return `there is no Service ${name} in namespace ${namespace}${where.length > 0 ? `; there is one in ${where.join(', ')}` : ''}`;
}

function inService(zone: Zone, service: ZoneService, front: readonly string[]): string | undefined {
  const { of, type, ports } = service;
  const named = `Service ${of.name} in namespace ${of.namespace}`;
  if (type === 'external')
    return front.length > 0
      ? `${named} is another name for ${service.externalName ?? '?'}, and has no names below it`
      : `${named} has an address as its externalName, which makes no record`;
  const endpoints = service.endpoints();
  if (front.length === 2) {
    const known = (type === 'headless' ? endpoints.flatMap((endpoint) => endpoint.ports) : ports).flatMap((port) =>
      port.name === '' ? [] : [`_${port.name}._${port.protocol.toLowerCase()}`],
    );
    return `${named} has no port ${front.join('.')}${listed(known)}`;
  }
  if (endpoints.length === 0 && (type === 'headless' || zone.ignoreEmptyService))
    return `${named} has no ready endpoint`;
  if (front.length > 2) return `${named} has no names with that many labels before it`;
  const labels = endpoints.flatMap((endpoint) => endpointLabel(endpoint) ?? []);
  return front.length === 0 ? undefined : `${named} has no endpoint ${front.join('.')}${listed(labels)}`;
}

function listed(known: readonly string[]): string {
  const different = [...new Set(known)];
  if (different.length === 0) return '';
  return `; it has ${different.slice(0, 5).join(', ')}${different.length > 5 ? ' and more' : ''}`;
}
