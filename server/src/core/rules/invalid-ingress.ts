import { parseAddress } from '../cidr';
import type { Draft } from '../finding';
import { say } from '../finding';
import { ingress } from '../kinds/ingress';
import { ingressClass } from '../kinds/ingress-class';
import type { ReadResource } from '../kinds/read';
import type { Field } from '../path';
import { each, field, scalarAt, select, textAt } from '../path';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import type { TextOf } from '../text';
import { defineRule } from './define';
import { currentBackend, oldBackend } from './shared/invalid-backend';
import { invalidIngressClass } from './shared/invalid-ingress-class';
import { addEntries } from './shared/insert';
import { badName, refused } from './shared/refused';
import { certain, replace } from './shared/words';

/** What the API server refuses in an Ingress or IngressClass (networking validation.go). */
export const invalidIngress = defineRule({
  id: 'invalid-ingress',
  summary: 'The API server refuses an Ingress or IngressClass',
  levels: ['error'],
  *resource(read, _, textOf) {
    if (sameKind(read.resource, ingress)) yield* invalidFields(read, textOf);
    else if (sameKind(read.resource, ingressClass)) yield* invalidIngressClass(read);
  },
});

function* invalidFields({ resource, tree }: ReadResource, textOf: TextOf): Iterable<Draft> {
  const spec = field(tree, 'spec');
  const current = resource.apiVersion === 'networking.k8s.io/v1';
  const defaultBackend = field(spec, current ? 'defaultBackend' : 'backend');
  const rules = each(field(spec, 'rules'));
  if (rules.length === 0 && !defaultBackend.value)
    yield refused(
      spec,
      say`an Ingress needs rules or a ${current ? 'defaultBackend' : 'backend'}; this one leads nowhere`,
    );
  const backend = current ? currentBackend : oldBackend;
  if (defaultBackend.value) yield* backend(defaultBackend);
  for (const rule of rules) {
    yield* badHost(field(rule, 'host'));
    const http = field(rule, 'http');
    const paths = each(field(http, 'paths'));
    if (http.value?.type === 'map' && paths.length === 0)
      yield refused(field(http, 'paths'), say`the http of a rule needs at least one path`);
    for (const path of paths) yield* badPath(path, current, textOf, backend);
  }
  for (const host of select(spec, 'tls.*.hosts.*')) yield* badName(host, hostRule(host), 'the TLS host');
  for (const secret of select(spec, 'tls.*.secretName'))
    yield* badName(secret, 'dns1123Subdomain', 'the name of a Secret');
  yield* badName(field(spec, 'ingressClassName'), 'dns1123Subdomain', 'the name of an IngressClass');
}

function hostRule(host: Field) {
  return textAt(host)?.includes('*') ? 'wildcardDns1123Subdomain' : 'dns1123Subdomain';
}

function* badHost(host: Field): Iterable<Draft> {
  const written = scalarAt(host);
  if (!written || isTemplated(written.text)) return;
  if (parseAddress(written.text)) {
    yield refused(host, say`the host must be a DNS name, not the IP address ${written.text}`);
    return;
  }
  // A whole URL, or a port, was written for the host; ports and schemes are no part of a rule.
  const bare = /^(?:https?:\/\/)?([^/:]+)(?::\d+)?(?:\/.*)?$/.exec(written.text)?.[1];
  for (const draft of badName(host, hostRule(host), 'the host')) {
    const fixes =
      bare === undefined || bare === written.text ? draft.fixes : certain(replace(`Change to ${bare}`, written, bare));
    yield { ...draft, fixes: fixes ?? [] };
  }
}

const pathTypes = ['Exact', 'Prefix', 'ImplementationSpecific'];
const forbidden = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenEnds = ['/..', '/.'];

function* badPath(
  item: Field,
  current: boolean,
  textOf: TextOf,
  backend: (at: Field) => Iterable<Draft>,
): Iterable<Draft> {
  const pathType = field(item, 'pathType');
  const type = textAt(pathType) ?? (current ? undefined : 'ImplementationSpecific');
  if (type === undefined) {
    const edits = addEntries(textOf, item, [], { pathType: 'Prefix' });
    yield refused(
      pathType,
      say`a path needs a pathType: Prefix, Exact or ImplementationSpecific`,
      edits.length > 0 ? [{ title: 'Add pathType: Prefix', edits }] : [],
    );
    return;
  }
  const written = scalarAt(pathType);
  if (!pathTypes.includes(type) && !isTemplated(type)) {
    const meant = pathTypes.find((known) => known.toLowerCase() === type.toLowerCase());
    yield refused(
      pathType,
      say`pathType ${type} is unknown; a path has Prefix, Exact or ImplementationSpecific`,
      meant && written ? replace(`Change to ${meant}`, written, meant) : [],
    );
  }
  yield* badPathText(field(item, 'path'), type);
  yield* backend(field(item, 'backend'));
}

function* badPathText(path: Field, type: string): Iterable<Draft> {
  const written = scalarAt(path);
  const text = written?.text ?? '';
  const judged = type === 'Exact' || type === 'Prefix';
  if (isTemplated(text) || (!judged && (type !== 'ImplementationSpecific' || text === ''))) return;
  if (!text.startsWith('/'))
    yield refused(
      path,
      say`${text === '' ? 'the path' : text} must be an absolute path, starting with /`,
      written && text !== '' ? replace(`Change to /${text}`, written, `/${text}`) : [],
    );
  if (!judged) return;
  for (const part of forbidden)
    if (text.includes(part)) yield refused(path, say`${text} must not contain ${part} when its pathType is ${type}`);
  for (const end of forbiddenEnds)
    if (text.endsWith(end)) yield refused(path, say`${text} must not end with ${end} when its pathType is ${type}`);
}
