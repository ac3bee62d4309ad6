import type { Draft } from '../finding';
import { list, say } from '../finding';
import { ingress } from '../kinds/ingress';
import { secret } from '../kinds/secret';
import type { Links } from '../links';
import { isNear } from '../near';
import { matchHost } from '../network/routes';
import type { Field } from '../path';
import { each, field, scalarAt, select } from '../path';
import type { Reference, Resource } from '../resource';
import { annotation, sameKind } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { isMadeByOthers } from './shared/certificates';
import { namesNothing } from './shared/names-nothing';
import { mention, named, replace } from './shared/words';

/** The certificate of an Ingress: its Secret, and the hosts it is for (networking/v1 IngressTLS). */
export const ingressTls = defineRule({
  id: 'ingress-tls',
  summary: 'The TLS Secret of an Ingress is missing or incomplete, or a TLS host has no rule',
  levels: ['warning', 'information'],
  *resource({ resource, tree }) {
    if (sameKind(resource, ingress)) yield* hostsWithoutRule(resource, tree);
  },
  *linked(resource, links) {
    if (!sameKind(resource, ingress)) return;
    for (const reference of resource.references)
      if (sameKind(reference.target, secret)) yield* judge(resource, reference, links);
  },
});

const neededKeys = ['tls.crt', 'tls.key'];

function* judge(from: Resource, reference: Reference, links: Links): Iterable<Draft> {
  const { to, maybe } = links.resolve(from, reference);
  const secrets = [...to, ...maybe];
  const [first] = to;
  if (first) {
    const missing = secrets.map(missingKeys);
    if (missing.some((keys) => keys.length === 0)) return;
    yield {
      at: reference.name.origin,
      path: reference.path,
      level: 'warning',
      message: say`${named(first)} has no ${list((missing[0] ?? []).map((key) => [key]))}: the controller cannot serve TLS with it`,
      related: [mention(first)],
    };
    return;
  }
  if (isMadeByOthers(from, reference, links)) return;
  const draft = namesNothing(from, reference, links, {
    boundary: `, and an ${from.kind} uses Secrets of its own namespace only`,
    alone: ': until it is there, the controller serves its default certificate',
  });
  if (draft) yield draft;
}

/** The keys a Secret lacks. One that a controller fills (cert-manager, a replicator) may still be empty. */
function missingKeys({ data, annotations }: Resource): readonly string[] {
  if (!data || annotations.some(({ key }) => /cert-manager|certmanager|reflector|replicator|vault/.test(key.text)))
    return [];
  return neededKeys.filter((key) => data.keys.every(({ text }) => text !== key && !isTemplated(text)));
}

/** A TLS host that no rule serves: its certificate is presented for nothing. */
function* hostsWithoutRule(from: Resource, tree: Field): Iterable<Draft> {
  const rules = each(field(tree, 'spec', 'rules'));
  const hosts = rules.flatMap((rule) => scalarAt(field(rule, 'host')) ?? []);
  const takesAll =
    hosts.length < rules.length || rules.length === 0 || field(tree, 'spec', 'defaultBackend').value !== undefined;
  if (takesAll || hosts.some(({ text }) => isTemplated(text) || text === '')) return;
  if (annotation(from, 'nginx.ingress.kubernetes.io/server-alias')) return;
  const redirects = annotation(from, 'nginx.ingress.kubernetes.io/from-to-www-redirect')?.text === 'true';
  const shown = list(
    distinct(hosts)
      .slice(0, 5)
      .map((text) => [text]),
  );
  const exact = new Set(hosts.map(({ text }) => text));
  for (const at of select(tree, 'spec.tls.*.hosts.*')) {
    const host = scalarAt(at);
    if (!host || isTemplated(host.text) || exact.has(host.text)) continue;
    if (hosts.some((rule) => serves(rule, host.text, redirects))) continue;
    const near = hosts.slice(0, MAX_LOOKED_AT).filter((rule) => isNear(host.text, rule.text));
    yield {
      level: 'information',
      at: at.at,
      path: at.path,
      message: say`no rule of this Ingress is for the TLS host ${host.text}; its rules are for ${shown}`,
      related: hosts.slice(0, 3).map((rule) => ({ at: rule.origin, message: say`a rule for ${rule.text}` })),
      fixes: near.flatMap((rule) => replace(`Change to ${rule.text}`, host, rule.text)),
    };
  }
}

/** Among more rules nobody looks for the one that was meant. */
const MAX_LOOKED_AT = 100;

/** A rule uses the certificate of a host that is equal, covers it or is covered by it. */
function serves({ text: rule }: Scalar, host: string, redirects: boolean): boolean {
  if (matchHost(rule, host) || matchHost(host, rule)) return true;
  return redirects && (host === `www.${rule}` || rule === `www.${host}`);
}

function distinct(hosts: readonly Scalar[]): string[] {
  return [...new Set(hosts.map(({ text }) => text))];
}
