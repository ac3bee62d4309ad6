/** Cards of the Gateway API: a Gateway with its listeners and routes, one listener, a route with its parents and ways. */
import type { Text } from '../finding';
import { list, say } from '../finding';
import type { ListenerFacts, ParentFacts } from '../gateway-facts';
import { gatewayClass } from '../kinds/gateway-class';
import type { Attachment } from '../network/gateway-attachment';
import { attachmentsOf } from '../network/gateway-attachment';
import type { ListenerStatus } from '../network/gateway-status';
import { listenerStatuses } from '../network/gateway-status';
import type { Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import type { Snapshot } from '../workspace';
import { inOrderOfTrial, waysText } from './hover-route';
import { code, count, plain, some, title } from './markdown';

/** A Gateway or ListenerSet: how many routes it takes, each listener with its routes, its class and addresses. */
export function gatewayCard(snapshot: Snapshot, gateway: Resource): Text[] {
  if (gateway.gateway?.type !== 'gateway') return [];
  const statuses = statusesOf(snapshot, gateway);
  const routes = new Set(statuses.flatMap((status) => status.routes.map(({ route }) => route)));
  const { addresses } = gateway.gateway.gateway;
  const className = gateway.references.find(({ target }) => sameKind(target, gatewayClass))?.name.text;
  const more = [
    ...(className === undefined ? [] : [`Class: ${code(className)}`]),
    ...(addresses.length > 0 ? [`Addresses: ${addresses.map(({ text }) => code(text)).join(', ')}`] : []),
  ];
  return [
    say`${title(gateway)} takes ${count(routes.size, 'route')} on ${count(statuses.length, 'listener')}`,
    ...statuses.slice(0, 12).map((status) => listenerLine(status, gateway)),
    ...(statuses.length > 12 ? [[`… and ${count(statuses.length - 12, 'other')}`]] : []),
    ...(more.length > 0 ? [[more.join(' · ')]] : []),
  ];
}

/** One listener, pointed at in its Gateway. */
export function listenerCard(snapshot: Snapshot, owner: Resource, facts: ListenerFacts): Text[] {
  const status = statusesOf(snapshot, owner).find(({ listener }) => listener.facts === facts);
  return status ? [listenerLine(status, owner)] : [];
}

/** A ListenerSet shows its own listeners only. */
function statusesOf({ links }: Snapshot, owner: Resource): ListenerStatus[] {
  return listenerStatuses(owner, links);
}

/** `` `http` 80/HTTP for `*.example.com`: HTTPRoute web (a.example.com) ``, or what keeps it from serving. */
function listenerLine({ listener, conflict, unresolved, routes }: ListenerStatus, gateway: Resource): Text {
  const { name, port, protocol, hostname } = listener.facts;
  const set = listener.owner === gateway ? undefined : say` of ${listener.owner}`;
  const head = say`${code(name?.text ?? '?')}${set} ${plain(port?.text ?? '?')}/${plain(protocol?.text ?? '?')}${hostname ? ` for ${code(hostname.text)}` : ''}`;
  if (conflict)
    return say`${head}: is not served; it conflicts with ${code(conflict.with.facts.name?.text ?? '?')} (${conflict.reason})`;
  const taken =
    routes.length === 0
      ? ['takes no route yet']
      : some(
          routes.map(
            ({ route, hostnames }) =>
              say`${route}${hostnames.includes('*') ? '' : ` (${hostnames.slice(0, 3).map(plain).join(', ')})`}`,
          ),
        );
  return say`${head}: ${unresolved ? `${unresolvedText[unresolved]}; ` : ''}${taken}`;
}

const unresolvedText: Readonly<Record<NonNullable<ListenerStatus['unresolved']>, string>> = {
  InvalidRouteKinds: 'names kinds of routes that it cannot take',
  RefNotPermitted: 'no ReferenceGrant lets it use its certificate',
  InvalidCertificateRef: 'its certificate is not here',
};

/** A route: whether each parent takes it, and the way of each of its backends to pods. */
export function gatewayRouteCard({ links }: Snapshot, route: Resource): Text[] {
  if (route.gateway?.type !== 'route') return [];
  const backends = route.references.filter((reference) => reference.route).sort(inOrderOfTrial);
  const hostnames = route.gateway.route.hostnames.map(({ text }) => code(text));
  const { head, lines } = waysText(links, route, backends);
  return [
    say`${title(route)} ${backends.length === 0 ? 'has no backends' : head}`,
    ...attachmentsOf(route, links).map((attachment) => parentLine(attachment)),
    ...(hostnames.length > 0
      ? [[`Hostnames: ${hostnames.slice(0, 8).join(', ')}${hostnames.length > 8 ? ', …' : ''}`]]
      : []),
    ...lines,
  ];
}

/** How one parentRef ends: before the card of the parent. */
export function parentCard({ links }: Snapshot, route: Resource, reference: Reference): Text[] {
  return attachmentsOf(route, links)
    .filter(({ parent }) => parent.reference === reference)
    .map(parentLine);
}

/** What a sectionName chooses. */
export function sectionCard(snapshot: Snapshot, route: Resource, parent: ParentFacts): Text[] {
  const attachments = attachmentsOf(route, snapshot.links).filter((item) => item.parent === parent);
  return attachments.flatMap((attachment) => [
    parentLine(attachment),
    ...attachment.chosen.flatMap(({ owner, facts }) => listenerCard(snapshot, owner, facts)),
  ]);
}

function parentLine({ parent, to, verdict, refusal, listeners }: Attachment): Text {
  const { target, name } = parent.reference;
  if (!to) return say`Parent: ${target.kind} ${plain(name.text)}, of which nothing is known here`;
  const names = list(listeners.slice(0, 5).map(({ listener }) => [code(listener.facts.name?.text ?? '?')]));
  if (verdict === 'no') return say`Not taken by ${to}: ${refusalText[refusal ?? 'NoMatchingParent']}`;
  return say`${verdict === 'yes' ? 'Taken by' : 'May be taken by'} ${to}${listeners.length > 0 ? say` on ${names}` : undefined}`;
}

const refusalText: Readonly<Record<NonNullable<Attachment['refusal']>, string>> = {
  NoMatchingParent: 'it has no such listener',
  NotAllowedByListeners: 'its listeners do not allow this namespace or kind',
  NoMatchingListenerHostname: 'its listeners are for other hostnames',
};
