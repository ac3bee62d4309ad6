import type { Draft, Related, Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import { isNear } from '../near';
import type { Attachment } from '../network/gateway-attachment';
import { attachmentsOf } from '../network/gateway-attachment';
import { commonHostnames } from '../network/gateway-hostnames';
import type { Listener } from '../network/gateway-listeners';
import { suitedKinds, takesKind } from '../network/gateway-listeners';
import { admits } from '../network/gateway-namespaces';
import type { Reference, Resource } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { isCertain, routeOf } from './shared/gateway-routes';
import { mention, named, replace } from './shared/words';

/** A listener decides which routes it takes, by namespace, kind and hostname; a route that it refuses gets no request. */
export const routeNotAllowed = defineRule({
  id: 'route-not-allowed',
  summary: 'A Gateway takes no route of this namespace, kind or hostname',
  levels: ['warning'],
  about: ['gateway'],
  *linked(resource, links) {
    const parent = resource.gateway?.type === 'gateway' ? resource.gateway.gateway.parent : undefined;
    if (parent) yield* judgeListenerSet(resource, parent, links);
    if (routeOf(resource)) yield* judgeRoute(resource, links);
  },
});

function* judgeRoute(route: Resource, links: Links): Iterable<Draft> {
  const attachments = attachmentsOf(route, links);
  const byReference = new Map<Reference, Attachment[]>();
  for (const item of attachments)
    byReference.set(item.parent.reference, [...(byReference.get(item.parent.reference) ?? []), item]);
  const refusals = [...byReference.values()].flatMap((items) => {
    const [first] = items;
    const isRefused = items.every(({ verdict, to }) => verdict === 'no' && to && isCertain(route, to));
    return first && isRefused ? [first] : [];
  });
  for (const attachment of refusals) {
    const draft = judge(route, attachment, refusals.length === byReference.size, links);
    if (draft) yield draft;
  }
  if (refusals.length === 0) yield* deadHostnames(route, attachments);
}

function judge(route: Resource, attachment: Attachment, alone: boolean, links: Links): Draft | undefined {
  const { refusal, chosen, parent, to } = attachment;
  if (!to) return undefined;
  const { reference } = parent;
  if (refusal === 'NotAllowedByListeners')
    return {
      level: 'warning',
      at: (parent.sectionName ?? reference.name).origin,
      path: reference.path,
      message: say`${named(to)} does not take this ${route.kind}: ${list(chosen.slice(0, 3).map((item) => reason(item, route, links)))}`,
      related: chosen.slice(0, 3).map(allowance),
    };
  if (refusal !== 'NoMatchingListenerHostname') return undefined;
  const hostnames = routeOf(route)?.hostnames ?? [];
  const [first] = hostnames;
  return {
    level: 'warning',
    at: (alone && first && hostnames.length === 1 ? first : reference.name).origin,
    path: alone && hostnames.length === 1 ? 'spec.hostnames[0]' : reference.path,
    message: say`${named(to)} answers for none of the hostnames of this route (${list(hostnames.slice(0, 5).map(({ text }) => [text]))}): ${listenersText(chosen)}`,
    related: chosen.slice(0, 3).flatMap(hostnameMention),
    fixes: first && hostnames.length === 1 ? nearHostnames(first, chosen) : [],
  };
}

/** Why one listener does not take a route: its kinds, else its namespaces. */
function reason({ facts, owner }: Listener, route: Resource, links: Links): Text {
  const name = facts.name?.text ?? '';
  if (takesKind(facts, route) === false) {
    const kinds = suitedKinds(facts) ?? [];
    const protocol = facts.protocol?.text ?? '';
    return facts.allowedKinds.length > 0
      ? say`listener ${name} (${protocol}) takes ${kinds.length > 0 ? kinds.join(' and ') : 'no kind'} only`
      : say`listener ${name} speaks ${protocol}${protocol.toUpperCase() === 'TLS' ? ` (${facts.tlsMode?.text ?? 'Terminate'})` : ''}, which is for ${kinds.join(' and ')}`;
  }
  return say`listener ${name} takes routes ${admitted(facts.allowedNamespaces, owner, route, links)}`;
}

function admitted(allowed: Parameters<typeof admits>[0], owner: Resource, from: Resource, links: Links): string {
  if (admits(allowed, owner, from, links) !== 'no') return 'of other kinds only';
  switch (allowed.from) {
    case 'None':
      return 'of no namespace (from: None)';
    case 'Same':
      return `of its own namespace${owner.namespace === undefined ? '' : ` ${owner.namespace}`} only (from: Same), and this is namespace ${from.namespace ?? '?'}`;
    default:
      return `of namespaces that its selector chooses, not of ${from.namespace ?? '?'}`;
  }
}

function allowance({ facts }: Listener): Related {
  return { at: facts.allowedNamespaces.at, message: say`listener ${facts.name?.text ?? ''}` };
}

function listenersText(chosen: readonly Listener[]): Text {
  const hostnames = [...new Set(chosen.flatMap(({ facts }) => facts.hostname?.text ?? []))];
  const subject = chosen.length === 1 ? `listener ${chosen[0]?.facts.name?.text ?? ''} is` : 'its listeners are';
  return say`${subject} for ${list(hostnames.slice(0, 5).map((text) => [text]))}`;
}

function hostnameMention({ facts }: Listener): Related[] {
  return facts.hostname
    ? [{ at: facts.hostname.origin, message: say`the hostname of listener ${facts.name?.text ?? ''}` }]
    : [];
}

function nearHostnames(written: Scalar, listeners: readonly Listener[]) {
  const near = listeners.flatMap(({ facts }) => facts.hostname ?? []).filter(({ text }) => isNear(written.text, text));
  return [...new Set(near.map(({ text }) => text))].flatMap((text) => replace(`Change to ${text}`, written, text));
}

/** Hostnames that no listener takes although others of the same route are taken. */
function* deadHostnames(route: Resource, attachments: readonly Attachment[]): Iterable<Draft> {
  const hostnames = routeOf(route)?.hostnames ?? [];
  if (hostnames.length < 2 || attachments.length === 0) return;
  if (
    attachments.some(
      ({ to, verdict, listeners }) =>
        !to || !isCertain(route, to) || verdict === 'maybe' || listeners.some((item) => item.verdict === 'maybe'),
    )
  )
    return;
  const listeners = attachments.flatMap((attachment) => attachment.chosen);
  if (listeners.some(({ facts }) => /^(?:tcp|udp)$/i.test(facts.protocol?.text ?? ''))) return;
  for (const [index, hostname] of hostnames.entries()) {
    if (isTemplated(hostname.text)) continue;
    if (listeners.some(({ facts }) => commonHostnames(facts.hostname?.text, [hostname.text]).length > 0)) continue;
    yield {
      level: 'warning',
      at: hostname.origin,
      path: `spec.hostnames[${index}]`,
      message: say`no listener that this route attaches to answers for ${hostname.text}: ${listenersText(listeners)}`,
      related: listeners.slice(0, 3).flatMap(hostnameMention),
      fixes: nearHostnames(hostname, listeners),
    };
  }
}

/** A Gateway takes listeners of ListenerSets only where it says so (GatewaySpec.allowedListeners). */
function* judgeListenerSet(set: Resource, parent: Reference, links: Links): Iterable<Draft> {
  const { to, maybe } = links.resolve(set, parent);
  const owners = [...to, ...maybe];
  const [first] = owners;
  if (first?.gateway?.type !== 'gateway') return;
  const refuses = (owner: Resource) =>
    owner.gateway?.type === 'gateway' && admits(owner.gateway.gateway.allowedListeners, owner, set, links) === 'no';
  if (!owners.every((owner) => refuses(owner) && isCertain(set, owner))) return;
  const allowed = first.gateway.gateway.allowedListeners;
  yield {
    level: 'warning',
    at: parent.name.origin,
    path: parent.path,
    message:
      allowed.from === 'None'
        ? say`${named(first)} takes no ListenerSets: its allowedListeners say from where it does`
        : say`${named(first)} takes ListenerSets ${admitted(allowed, first, set, links)}`,
    related: [mention(first)],
  };
}
