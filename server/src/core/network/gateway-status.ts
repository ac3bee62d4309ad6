/** What a controller would write into the status of a Gateway (GatewayStatus, ListenerStatus), as far as manifests tell. */
import type { ListenerFacts } from '../gateway-facts';
import type { Links } from '../links';
import type { Resource } from '../resource';
import { attachmentsTo } from './gateway-attachment';
import type { AttachedListener } from './gateway-attachment';
import { certificateOf } from './gateway-certificates';
import type { Conflict, Listener } from './gateway-listeners';
import { conflictsOf, listenersOf, suitedKinds, unsuitedKinds } from './gateway-listeners';

export interface ListenerStatus {
  readonly listener: Listener;
  readonly conflict: Conflict | undefined;
  /** ListenerConditionReason, where something that the listener names is not there or not allowed. */
  readonly unresolved: 'InvalidRouteKinds' | 'RefNotPermitted' | 'InvalidCertificateRef' | undefined;
  /** Names of the kinds of routes it takes; undefined for a protocol that only some implementations know. */
  readonly supportedKinds: readonly string[] | undefined;
  /** Accepted routes, whether or not their backends are there. */
  readonly routes: readonly AttachedRoute[];
}

export interface AttachedRoute {
  readonly route: Resource;
  readonly hostnames: AttachedListener['hostnames'];
  readonly verdict: AttachedListener['verdict'];
}

/** Every listener of a Gateway, with those that ListenerSets add. */
export function listenerStatuses(gateway: Resource, links: Links): ListenerStatus[] {
  const listeners = listenersOf(gateway, links);
  const conflicts = conflictsOf(listeners);
  const routesOf = new Map<ListenerFacts, Map<Resource, AttachedRoute>>();
  for (const owner of new Set(listeners.map((listener) => listener.owner)))
    for (const { route, attachment } of attachmentsTo(owner, links))
      for (const { listener, hostnames, verdict } of attachment.listeners) {
        const routes = routesOf.get(listener.facts) ?? new Map<Resource, AttachedRoute>();
        routesOf.set(listener.facts, routes);
        if (!routes.has(route)) routes.set(route, { route, hostnames, verdict });
      }
  return listeners.map((listener) => ({
    listener,
    conflict: conflicts.get(listener),
    unresolved: unresolved(listener, links),
    supportedKinds: suitedKinds(listener.facts),
    routes: [...(routesOf.get(listener.facts)?.values() ?? [])],
  }));
}

function unresolved({ facts, owner }: Listener, links: Links): ListenerStatus['unresolved'] {
  if (unsuitedKinds(facts).length > 0) return 'InvalidRouteKinds';
  const states = facts.certificates.map((reference) => certificateOf(owner, reference, links).state);
  if (states.includes('not-granted')) return 'RefNotPermitted';
  return states.some((state) => state === 'missing' || state === 'incomplete') ? 'InvalidCertificateRef' : undefined;
}
