/** What an address names, by the rules of names alone. */
import type { Address } from '../address/facts';
import { serviceVariable } from '../address/host';
import { partsOf } from '../address/part';
import { service as serviceKind } from '../kinds/service';
import type { GroupKind, Reference } from '../resource';
import type { Scalar } from '../value';
import { classifyName } from './dns-names';
import type { NameTail, ServiceHost } from './dns-names';

export interface Reading {
  readonly reference: Reference;
  /** How much of a full name is written; undefined for variables, which mean a Service of the own namespace. */
  readonly tail: NameTail | undefined;
  /** The pod behind the Service that it names: its hostname, or its address with dashes. */
  readonly pod: string | undefined;
}

const target: GroupKind = { group: serviceKind.group, kind: serviceKind.kind };

/** References are known by identity, so each address has its own for as long as it is kept. */
const known = new WeakMap<Address, { readonly domain: string; readonly readings: readonly Reading[] }>();

/** The Services that an address may mean, the most probable reading first. None for hosts outside of the cluster. */
export function readingsOf(address: Address, domain: string): readonly Reading[] {
  const found = known.get(address);
  if (found?.domain === domain) return found.readings;
  const readings = address.form === 'variable' ? variableReadings(address) : hostReadings(address, domain);
  known.set(address, { domain, readings });
  return readings;
}

function variableReadings(address: Address): Reading[] {
  const service = serviceVariable(address.host.text)?.service;
  if (service === undefined) return [];
  const { origin } = address.host;
  const name: Scalar = {
    type: 'scalar',
    value: service,
    text: service,
    style: 'plain',
    origin: { ...origin, end: origin.verbatim ? origin.start + service.length : origin.end, verbatim: false },
  };
  return [{ reference: reference(address, name), tail: undefined, pod: undefined }];
}

function hostReadings(address: Address, domain: string): Reading[] {
  const host = classifyName(address.host.text, domain);
  if (host.form !== 'service' || isApiServer(host)) return [];
  const parts = partsOf(address.host);
  const labels = placed(address.host.text);
  return [host, ...(host.or ? [host.or] : [])].map((reading) => {
    const before = reading.endpoint === undefined ? 0 : 1;
    const [name, namespace] = labels.slice(before).map(({ start, end }) => parts(start, end));
    return {
      reference: reference(address, name ?? address.host, reading.namespace === undefined ? undefined : namespace),
      tail: reading.tail,
      pod: reading.endpoint,
    };
  });
}

/** The API server is there in every cluster, without a manifest. */
function isApiServer({ service, namespace }: ServiceHost): boolean {
  return service === 'kubernetes' && (namespace === undefined || namespace === 'default');
}

function placed(host: string): { readonly start: number; readonly end: number }[] {
  let start = 0;
  return host.split('.').map((label) => {
    const at = { start, end: start + label.length };
    start = at.end + 1;
    return at;
  });
}

function reference(address: Address, name: Scalar, namespace?: Scalar): Reference {
  return {
    role: 'calls',
    target,
    name,
    namespace,
    port: address.port,
    route: undefined,
    optional: false,
    path: address.path,
    at: address.host.origin,
  };
}
