import type { Address } from '../address/facts';
import { serviceVariable } from '../address/host';
import { partsOf } from '../address/part';
import type { Draft, Fix, Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { isNear } from '../near';
import type { Call } from '../network/calls';
import { isPlausible } from '../network/calls';
import { classifyName } from '../network/dns-names';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { notFound } from './shared/evidence';
import { judgedCalls, readAddresses } from './shared/judged-calls';
import { nearServices, strayedServices } from './shared/meant-services';
import { renamedAt } from './shared/names-nothing';
import { mayBeNamedByOperator } from './shared/operated';
import { lostVariable } from './shared/service-variables';
import { certain, inNamespace, mention, named, replace } from './shared/words';

/** Names of Services are looked up in DNS or come as variables; what is not there fails when the program connects. */
export const addressUnresolved = defineRule({
  id: 'address-unresolved',
  summary: 'An address in a variable, argument or ConfigMap means a Service that is not there',
  levels: ['warning', 'information'],
  about: ['addresses'],
  *linked(resource, links, settings) {
    for (const call of judgedCalls(resource, links, settings)) {
      const draft = lostVariable(call, links) ?? judge(call, links, settings.clusterDomain);
      if (draft) yield draft;
    }
    for (const address of readAddresses(resource, links)) yield* lostDomain(address, settings.clusterDomain);
  },
});

function judge(call: Call, links: Links, domain: string): Draft | undefined {
  const { from, address, reference, services, isCertain } = call;
  if (services.length > 0 || mayBeNamedByOperator(from, reference.name.text, links)) return undefined;
  // In a file of configuration a word without a port may be a name that only its reader knows.
  const isBare = !isCertain && address.inFile && !address.port;
  const [renamed] = isBare ? [] : renamedServices(call, links);
  if (renamed) return formerName(call, renamed);
  const near = isBare ? [] : nearServices(call, links, domain);
  const strayed = near.length > 0 || isBare ? [] : strayedServices(call, links);
  if (!isCertain && near.length === 0 && strayed.length === 0) return undefined;
  const meant = near.length > 0 ? near : strayed;
  const others = meant.length > 0 ? meant : call.resolution.elsewhere;
  return {
    level: notFound(
      from,
      links,
      (other) => other.service !== undefined && other.namespace === seeker(call).namespace,
      near,
      strayed,
    ),
    at: (strayed.length > 0 ? reference.namespace : undefined)?.origin ?? reference.name.origin,
    path: reference.path,
    message: say`no Service ${inNamespace(seeker(call))} is named ${reference.name.text}${consequence(call)}${reason(call, near, others)}`,
    related: others.slice(0, 3).map(mention),
    fixes:
      near.length > 0
        ? certain(meant.flatMap((service) => changeTo(call, service)))
        : meant.flatMap((service) => changeTo(call, service)),
  };
}

/** Nearly the domain of the cluster, or its beginning. That of Services of several clusters is none (KEP-1645). */
function isSlip(domain: string, clusterDomain: string): boolean {
  return domain !== 'clusterset.local' && (isNear(domain, clusterDomain) || clusterDomain.startsWith(`${domain}.`));
}

/** `service.namespace.svc.` before what is nearly the domain of the cluster: no server answers for that. */
function* lostDomain({ host, path }: Address, clusterDomain: string): Iterable<Draft> {
  const name = classifyName(host.text, clusterDomain);
  if (name.form !== 'foreign' || !isSlip(name.domain, clusterDomain)) return;
  const start = host.text.toLowerCase().lastIndexOf(name.domain);
  const domain = partsOf(host)(start, start + name.domain.length);
  yield {
    level: 'warning',
    at: domain.origin,
    path,
    message: say`${host.text} does not resolve: the domain of the cluster is ${clusterDomain}, not ${name.domain}`,
    fixes: certain(replace(`Change to ${clusterDomain}`, domain, clusterDomain)),
  };
}

/** Services that had the name that is called before a kustomization gave them another. */
function renamedServices({ from, reference, address, isCertain }: Call, links: Links): readonly Resource[] {
  // `web.dev` may be a host elsewhere, and `users:100` may count users.
  const isDoubtful = reference.namespace !== undefined || (address.form === 'hostPort' && !isPlausible(address));
  if (isDoubtful && !isCertain) return [];
  const wanted = reference.namespace?.text;
  return links
    .formerly(from, reference)
    .filter(({ namespace = 'default' }) => wanted === undefined || wanted === namespace);
}

/** Kustomize gives names in fields of references the prefix that it gives the objects, never those inside of texts. */
function formerName(call: Call, renamed: Resource): Draft {
  const { reference } = call;
  return {
    level: 'warning',
    at: reference.name.origin,
    path: reference.path,
    message: say`no Service ${inNamespace(seeker(call))} is named ${reference.name.text}${consequence(call)}: the kustomization renames it to ${renamed.name}, and kustomize does not change names inside of texts`,
    related: [mention(renamed), ...renamedAt(renamed)],
    fixes: changeTo(call, renamed),
  };
}

/** The namespace in which the Service is looked for. */
function seeker({ from, reference }: Call): Pick<Resource, 'namespace'> {
  return reference.namespace ? { namespace: reference.namespace.text } : from;
}

function consequence({ address }: Call): string {
  return address.form === 'variable' ? `, so nothing sets ${address.host.text}` : '';
}

function reason({ address, reference }: Call, near: readonly Resource[], others: readonly Resource[]): Text {
  if (near.length > 0) return say`; the nearest is ${list(near.slice(0, 3).map(named), 'or')}`;
  const [other] = others;
  if (!other) return [];
  const why =
    address.form === 'variable'
      ? ', and pods get variables for Services of their own namespace only'
      : reference.namespace
        ? ''
        : `, where its name is ${other.name ?? ''}.${other.namespace ?? ''}`;
  return say`; ${named(other)} is in namespace ${other.namespace}${why}`;
}

/** Puts the name, or the namespace, of a Service in the place of what is written. */
function changeTo({ from, address, reference }: Call, service: Resource): Fix[] {
  const { name = '', namespace } = service;
  const isStray = name === reference.name.text;
  if (address.form === 'variable') return isStray ? [] : changeVariable(address.host, name);
  if (!isStray) return replace(`Change to ${name}`, reference.name, name);
  if (namespace === undefined) return [];
  if (reference.namespace) return replace(`Change to ${namespace}`, reference.namespace, namespace);
  return from.namespace === namespace
    ? []
    : replace(`Change to ${name}.${namespace}`, reference.name, `${name}.${namespace}`);
}

function changeVariable(host: Call['address']['host'], name: string): Fix[] {
  const variable = serviceVariable(host.text);
  const { origin } = host;
  if (!variable || !origin.verbatim) return [];
  const newText = name.toUpperCase().replace(/-/g, '_');
  const at = { uri: origin.uri, start: origin.start, end: origin.start + variable.service.length };
  return [{ title: `Change to ${newText}${host.text.slice(variable.service.length)}`, edits: [{ at, newText }] }];
}
