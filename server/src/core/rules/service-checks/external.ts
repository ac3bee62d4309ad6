/** How a Service is reached from outside, or leads there (ValidateService, validateServiceExternalTrafficPolicy). */
import type { Address } from '../../cidr';
import { isLinkLocal, isLinkLocalMulticast, isLoopback, isUnspecified, parseAddress } from '../../cidr';
import { say } from '../../finding';
import { nameRules } from '../../names';
import { nearestValid } from '../../nearest-name';
import { each, field, scalarAt } from '../../path';
import { portNumber } from '../../ports';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replace } from '../shared/words';
import type { ServiceCheck, ServiceFields } from './define';
import { isUnset, numberAt, oneOf, stringAt } from '../shared/written';
import { listOf } from '../shared/json-types';

/** Why an address cannot be that of a backend or an external one (ValidateNonSpecialIP); undefined when it can. */
function specialAddress(address: Address): string | undefined {
  if (isUnspecified(address)) return 'is the unspecified address';
  if (isLoopback(address)) return 'is a loopback address, which every machine takes for itself';
  if (isLinkLocal(address)) return 'is a link-local address (169.254.0.0/16, fe80::/10)';
  return isLinkLocalMulticast(address) ? 'is a link-local multicast address (224.0.0.0/24, ff02::/16)' : undefined;
}

export const externalIPs: ServiceCheck = function* ({ spec }) {
  for (const at of listOf(spec, 'externalIPs')) {
    const text = stringAt(at) ?? '';
    const address = parseAddress(text);
    const problem = address ? specialAddress(address) : 'is no IP address';
    if (problem !== undefined) yield refused(at, say`external IP ${text} ${problem}`);
  }
};

/** An ExternalName Service is a DNS alias: it needs the name, and has no address. */
export const externalName: ServiceCheck = function* ({ spec, type }) {
  if (type !== 'ExternalName') return;
  const at = field(spec, 'externalName');
  const text = stringAt(at);
  const host = text?.replace(/\.$/, '') ?? '';
  const written = scalarAt(at);
  if (isUnset(at) || (text !== undefined && host === ''))
    yield refused(at, say`a Service of type ExternalName needs externalName: the DNS name that it stands for`);
  else if (text !== undefined && written) {
    const problem = nameRules.dns1123Subdomain(host);
    // A URL or a port was written for the host.
    const bare = /^(?:[a-z]+:\/\/)?([^/:]+)(?::\d+)?(?:\/.*)?$/.exec(text)?.[1];
    const meant = bare !== undefined && bare !== text ? bare : nearestValid('dns1123Subdomain', host);
    if (problem !== undefined)
      yield refused(
        at,
        say`externalName ${text} ${problem}`,
        meant === undefined || nameRules.dns1123Subdomain(meant) !== undefined
          ? []
          : replace(`Change to ${meant}`, written, meant),
      );
  }
  const addresses = field(spec, 'clusterIPs');
  const single = field(spec, 'clusterIP');
  const first = each(addresses)[0] ?? (isUnset(single) || isUnknown(single) ? undefined : single);
  if (first)
    yield {
      ...refused(first, say`a Service of type ExternalName is only a DNS alias and has no cluster IP`),
      path: addresses.path,
    };
  for (const name of ['ipFamilies', 'ipFamilyPolicy']) {
    const family = field(spec, name);
    const isEmpty = family.value?.type === 'list' && family.value.items.length === 0;
    if (family.value !== undefined && !isEmpty)
      yield refused(family, say`a Service of type ExternalName is only a DNS alias and has no ${name}`);
  }
};

/** Traffic comes from outside through nodes, a load balancer or external IPs. */
function isExternallyAccessible({ spec, type }: ServiceFields): boolean {
  return (
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && each(field(spec, 'externalIPs')).length > 0)
  );
}

export const externalTrafficPolicy: ServiceCheck = function* (service) {
  const at = field(service.spec, 'externalTrafficPolicy');
  if (isUnset(at) || service.type === undefined || isUnknown(field(service.spec, 'externalIPs'))) return;
  if (isExternallyAccessible(service)) yield* oneOf(at, ['Cluster', 'Local']);
  else if (!isUnknown(at))
    yield refused(
      at,
      say`externalTrafficPolicy is for Services that are reached from outside (NodePort, LoadBalancer, external IPs); this one is of type ${service.type}`,
    );
};

/** The port on which nodes tell a load balancer whether they have a pod of the Service. */
export const healthCheckNodePort: ServiceCheck = function* ({ spec, type }) {
  const at = field(spec, 'healthCheckNodePort');
  const policy = field(spec, 'externalTrafficPolicy');
  const value = numberAt(at);
  if (value === undefined || value === 0 || type === undefined || isUnknown(policy)) return;
  if (type !== 'LoadBalancer' || stringAt(policy) !== 'Local')
    yield refused(
      at,
      say`healthCheckNodePort needs type LoadBalancer with externalTrafficPolicy Local; this Service is of type ${type}${type === 'LoadBalancer' ? ' with externalTrafficPolicy Cluster' : ''}`,
    );
  else if (portNumber(value) === undefined)
    yield refused(at, say`healthCheckNodePort ${String(value)} must be a whole number from 1 to 65535`);
};
