/** The listeners of a Gateway: its own and those that ListenerSets add, and which of them conflict (GatewaySpec.Listeners). */
import type { ListenerFacts } from '../gateway-facts';
import type { Links } from '../links';
import type { GroupKind, Resource } from '../resource';
import { isTemplated } from '../templated';
import { admits } from './gateway-namespaces';

export interface Listener {
  readonly facts: ListenerFacts;
  /** The Gateway or ListenerSet it stands in. */
  readonly owner: Resource;
}

/** Why a listener is not served: another has its port and speaks something else there, or has its hostname too. */
export interface Conflict {
  readonly reason: 'ProtocolConflict' | 'HostnameConflict';
  readonly with: Listener;
}

/** Listeners that stand in a Gateway or ListenerSet itself. */
export function ownListeners(owner: Resource): Listener[] {
  return owner.gateway?.type === 'gateway' ? owner.gateway.gateway.listeners.map((facts) => ({ facts, owner })) : [];
}

/** The ListenerSets that a Gateway admits, in the order of their precedence as far as manifests show it: by namespace and name. */
export function listenerSetsOf(gateway: Resource, links: Links): Resource[] {
  const allowed = gateway.gateway?.type === 'gateway' ? gateway.gateway.gateway.allowedListeners : undefined;
  if (!allowed) return [];
  const sets = links
    .referrers(gateway)
    .flatMap(({ from, reference }) =>
      from.gateway?.type === 'gateway' && from.gateway.gateway.parent === reference ? [from] : [],
    );
  const key = ({ namespace, name }: Resource) => `${namespace ?? ''}/${name ?? ''}`;
  return [...new Set(sets)]
    .filter((set) => admits(allowed, gateway, set, links) !== 'no')
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** All listeners of a Gateway, those that win a conflict first. */
export function listenersOf(gateway: Resource, links: Links): Listener[] {
  return [...ownListeners(gateway), ...listenerSetsOf(gateway, links).flatMap(ownListeners)];
}

/** The API allows 64 listeners in an object; of a file with thousands the rest is not compared. */
const MAX_COMPARED = 256;

/**
 * The conflict of each listener that has one. Within one object all that are alike conflict; between objects the earlier
 * one wins.
 */
export function conflictsOf(listeners: readonly Listener[]): Map<Listener, Conflict> {
  const found = new Map<Listener, Conflict>();
  const served: Listener[] = [];
  for (const owner of new Set(listeners.map((listener) => listener.owner))) {
    const own = listeners.filter((listener) => listener.owner === owner).slice(0, MAX_COMPARED);
    const judge = (some: readonly Listener[], others: readonly Listener[]) => {
      for (const listener of some)
        for (const other of others) {
          const reason = other === listener ? undefined : conflict(listener.facts, other.facts);
          if (reason !== undefined && !found.has(listener)) found.set(listener, { reason, with: other });
        }
    };
    judge(own, served);
    const rest = own.filter((listener) => !found.has(listener));
    judge(rest, rest);
    served.push(...rest.filter((listener) => !found.has(listener)));
  }
  return found;
}

/** What shares a port: HTTP with HTTP; HTTPS with TLS, told apart by the server name; TCP and UDP with nothing. */
function transport(protocol: string): string | undefined {
  if (protocol === 'HTTPS') return 'TLS';
  return routeKindsOf(protocol) ? protocol : undefined;
}

function conflict(a: ListenerFacts, b: ListenerFacts): Conflict['reason'] | undefined {
  if (a.port?.value !== b.port?.value || a.port === undefined || isHidden(a) || isHidden(b)) return undefined;
  const [first, second] = [a, b].map(({ protocol }) => transport(protocol?.text ?? ''));
  if (first === undefined || second === undefined) return undefined;
  // UDP has ports of its own.
  if (first !== second) return first === 'UDP' || second === 'UDP' ? undefined : 'ProtocolConflict';
  const [left, right] = [a, b].map(({ hostname }) => (hostname?.text ?? '').toLowerCase());
  return left === right || first === 'TCP' || first === 'UDP' ? 'HostnameConflict' : undefined;
}

function isHidden({ port, protocol, hostname }: ListenerFacts): boolean {
  return [port, protocol, hostname].some((item) => item && isTemplated(item.text));
}

const group = 'gateway.networking.k8s.io';

/**
 * The kinds of routes that suit a protocol, by their names (Gateway API conformance); undefined for a protocol that an
 * implementation adds. Until Gateway API 1.5 a TCPRoute could take what a TLS listener decrypts.
 */
const kindsOfProtocol: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** The names of the kinds of routes that suit a protocol; undefined for one that an implementation adds. */
export function routeKindsOf(protocol: string): readonly string[] | undefined {
  return Object.hasOwn(kindsOfProtocol, protocol) ? kindsOfProtocol[protocol] : undefined;
}

/** Whether routes of a kind can attach to a listener at all; undefined where that is up to the implementation. */
export function takesKind({ protocol, tlsMode, allowedKinds }: ListenerFacts, { group: ofGroup, kind }: GroupKind) {
  if (allowedKinds.length > 0 && !allowedKinds.some((item) => item.group === ofGroup && item.kind === kind))
    return false;
  const suited = routeKindsOf(protocol?.text ?? '');
  if (!suited || !routeKinds.has(kind) || ofGroup !== group) return undefined;
  return suited.includes(kind) && !(kind === 'TCPRoute' && tlsMode?.text === 'Passthrough');
}

/** The kinds of allowedRoutes that do not suit the protocol, so that none of their routes can attach. */
export function unsuitedKinds(listener: ListenerFacts): readonly GroupKind[] {
  const suited = routeKindsOf(listener.protocol?.text ?? '');
  return suited ? listener.allowedKinds.filter((item) => !isSuited(item, suited)) : [];
}

/** The names of the kinds that suit the protocol and are allowed; undefined for a protocol that an implementation adds. */
export function suitedKinds({ protocol, allowedKinds }: ListenerFacts): readonly string[] | undefined {
  const suited = routeKindsOf(protocol?.text ?? '');
  if (!suited || allowedKinds.length === 0) return suited;
  return allowedKinds.filter((item) => isSuited(item, suited)).map(({ kind }) => kind);
}

function isSuited({ group: ofGroup, kind }: GroupKind, suited: readonly string[]): boolean {
  return ofGroup === group && suited.includes(kind);
}

const routeKinds = new Set(Object.values(kindsOfProtocol).flat());
