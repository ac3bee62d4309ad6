/** What routes of the Gateway API point at. */
import { folderOf } from '../../bundle/directory';
import type { RouteFacts } from '../../gateway-facts';
import { service } from '../../kinds/service';
import type { Reference, Resource } from '../../resource';
import { sameKind } from '../../resource';

/** The facts of a route; undefined for other kinds. */
export function routeOf({ gateway }: Resource): RouteFacts | undefined {
  return gateway?.type === 'route' ? gateway.route : undefined;
}

/** The Services that a route sends requests or copies of them to; none for other kinds. */
export function routeBackends(resource: Resource): readonly Reference[] {
  return routeOf(resource)
    ? resource.references.filter(({ role, target }) => role === 'routes' && sameKind(target, service))
    : [];
}

/** The Services that a policy of the Gateway API says how to call (BackendTLSPolicy); none for other kinds. */
export function policyTargets(resource: Resource): readonly Reference[] {
  return resource.references.filter(({ role, target }) => role === 'applies' && sameKind(target, service));
}

/**
 * True when what a name leads to is meant for certain: it is beside the referrer, or the namespace is written. Folders of
 * examples often hold a Gateway of the same name each.
 */
export function isCertain(from: Resource, to: Resource): boolean {
  return to.namespace !== undefined || folderOf(from.uri) === folderOf(to.uri);
}

/** The map that holds a name, as the API server prints paths: `spec.rules[0].backendRefs[0]`. */
export function holderPath({ path }: Reference): string {
  return path.slice(0, path.lastIndexOf('.'));
}
