import type { Draft, Fix, Text } from '../finding';
import { say } from '../finding';
import type { GrantFacts } from '../gateway-facts';
import { referenceGrant } from '../kinds/reference-grant';
import type { Links } from '../links';
import { isGranted } from '../network/gateway-backends';
import type { Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { routeBackends } from './shared/gateway-routes';
import { articled, mention, named, quoted } from './shared/words';

/** What is in another namespace may be pointed at only where a ReferenceGrant there allows it. */
export const referenceNotGranted = defineRule({
  id: 'reference-not-granted',
  summary: 'A Gateway or route points into another namespace, and no ReferenceGrant there allows it',
  levels: ['warning', 'information'],
  about: ['gateway'],
  *linked(resource, links) {
    for (const reference of [...routeBackends(resource), ...certificates(resource)])
      if (isGranted(resource, reference, links) === 'no') yield judge(resource, reference, links);
  },
});

/** Secrets and ConfigMaps that a Gateway or ListenerSet uses. */
function certificates({ gateway, references }: Resource): readonly Reference[] {
  if (gateway?.type !== 'gateway') return [];
  return references.filter(({ target, role }) => role === 'attaches' && target.group === '');
}

/** A grant may live where the target lives: without anything of that namespace here it is only not found. */
function judge(from: Resource, reference: Reference, links: Links): Draft {
  const namespace = reference.namespace?.text ?? '';
  const { to } = links.resolve(from, reference);
  const all = links.all(from, referenceGrant);
  const grants = all.filter((grant) => grant.namespace === namespace);
  const stray = all.find((grant) => grant.namespace === from.namespace && isMeantFor(grant, from, reference));
  const grant = grants.find((item) => isRelated(item, from, reference)) ?? stray;
  const { target, name } = reference;
  return {
    level: to.length > 0 || grants.length > 0 || stray ? 'warning' : 'information',
    at: (reference.namespace ?? name).origin,
    path: `${reference.path.slice(0, reference.path.lastIndexOf('.'))}.namespace`,
    message: say`no ReferenceGrant in namespace ${namespace} lets ${articled(from)} of namespace ${from.namespace} use the ${target.kind} ${name.text}${difference(from, reference, grant)}`,
    related: [...to, ...(grant ? [grant] : [])].slice(0, 3).map(mention),
    fixes: createGrant(from, reference, links),
  };
}

/** A grant that was probably meant: for this kind, or to this object. */
function isRelated({ gateway }: Resource, from: Resource, { target, name }: Reference): boolean {
  if (gateway?.type !== 'grant') return false;
  return (
    gateway.grant.from.some(({ kind }) => kind === from.kind) ||
    gateway.grant.to.some((item) => sameKind(item, target) && (item.name ?? name.text) === name.text)
  );
}

/** A grant for this kind of reference, wherever it stands. */
function isMeantFor({ gateway }: Resource, from: Resource, { target }: Reference): boolean {
  if (gateway?.type !== 'grant') return false;
  return (
    gateway.grant.from.some((item) => sameKind(item, from)) && gateway.grant.to.some((item) => sameKind(item, target))
  );
}

/** What the grant that is there allows instead. */
function difference(from: Resource, reference: Reference, grant: Resource | undefined): Text | undefined {
  if (grant?.gateway?.type !== 'grant') return undefined;
  const facts = grant.gateway.grant;
  const { namespace } = reference;
  if (grant.namespace !== namespace?.text)
    return say`; ${named(grant)} is in namespace ${grant.namespace}, and a grant stands where it leads to: in ${namespace?.text}`;
  return say`; ${named(grant)} ${allows(facts, from, reference)}`;
}

function allows({ from: sources, to: targets }: GrantFacts, from: Resource, { target, name }: Reference): string {
  const [source] = sources.filter((item) => sameKind(item, from));
  const [other] = sources;
  if (!source && other?.kind === from.kind) return `names the group '${other.group}', not ${from.group}`;
  if (!source) return `is for ${sources.map(({ kind }) => kind).join(', ')}`;
  if (!sources.some((item) => sameKind(item, from) && item.namespace === from.namespace))
    return `is for ${from.kind}s of namespace ${source.namespace ?? '?'}`;
  const [wanted] = targets.filter((item) => sameKind(item, target));
  if (!wanted) return `leads to ${targets.map(({ kind }) => kind).join(', ')}, not to a ${target.kind}`;
  return wanted.name === undefined ? 'does not allow it' : `leads to ${wanted.name}, not to ${name.text}`;
}

/** The grant as a new document at the end of the file: in the namespace of the target, for this kind and this object. */
function createGrant(from: Resource, reference: Reference, links: Links): Fix[] {
  const { target, name } = reference;
  const namespace = reference.namespace?.text ?? '';
  const text = links.text(from);
  // JSON holds one document only.
  if (!name.origin.verbatim || name.origin.uri !== from.at.uri || text.trimStart().startsWith('{')) return [];
  const { uri } = from.at;
  const lines = [
    '---',
    'apiVersion: gateway.networking.k8s.io/v1beta1',
    'kind: ReferenceGrant',
    'metadata:',
    `  name: ${grantName(from, name.text)}`,
    `  namespace: ${quoted(namespace)}`,
    'spec:',
    '  from:',
    `    - group: ${from.group}`,
    `      kind: ${from.kind}`,
    `      namespace: ${quoted(from.namespace ?? '')}`,
    '  to:',
    `    - group: ""`,
    `      kind: ${target.kind}`,
    `      name: ${quoted(name.text)}`,
    '',
  ];
  const newText = (text.endsWith('\n') ? '' : '\n') + lines.join('\n');
  return [
    {
      title: `Create a ReferenceGrant in namespace ${namespace}`,
      edits: [{ at: { uri, start: text.length, end: text.length }, newText }],
    },
  ];
}

function grantName({ namespace = '' }: Resource, target: string): string {
  return `${namespace}-to-${target}`.slice(0, 63);
}
