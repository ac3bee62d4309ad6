/** Where a reference of the Gateway API leads, and whether it may (BackendObjectReference, ReferenceGrant). */
import { referenceGrant } from '../kinds/reference-grant';
import type { Links } from '../links';
import { likely } from '../links';
import type { GroupKind, Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import { namedPort } from './backend-port';
import type { Verdict } from './gateway-namespaces';

/** In the order in which controllers judge (RouteConditionReason); `unknown` where a template or a namespace decides. */
export type BackendState = 'resolved' | 'unknown' | 'other-kind' | 'not-granted' | 'missing' | 'no-port';

export interface BackendTarget {
  readonly state: BackendState;
  readonly service: Resource | undefined;
}

const service: GroupKind = { group: '', kind: 'Service' };

/** What a backend of a route is. Kinds other than Service mean what the implementation makes of them. */
export function backendOf(route: Resource, reference: Reference, links: Links): BackendTarget {
  if (!sameKind(reference.target, service)) return { state: 'other-kind', service: undefined };
  const resolution = links.resolve(route, reference);
  const [found] = likely(resolution);
  const granted = isGranted(route, reference, links);
  if (granted === 'no') return { state: 'not-granted', service: found };
  if (resolution.unknown) return { state: 'unknown', service: undefined };
  if (!found) return { state: 'missing', service: undefined };
  const { port } = reference;
  if (port && found.service && !isTemplated(port.text) && !namedPort(found.service, port))
    return { state: 'no-port', service: found };
  return { state: granted === 'maybe' ? 'unknown' : 'resolved', service: found };
}

/** Whether an object may point at another: in its own namespace always, elsewhere by a ReferenceGrant of the target's. */
export function isGranted(from: Resource, reference: Reference, links: Links): Verdict {
  const { namespace } = reference;
  if (!namespace || namespace.text === from.namespace || isOwnParent(from, reference)) return 'yes';
  if (from.namespace === undefined || isTemplated(namespace.text)) return 'maybe';
  const grants = grantsFor(from, reference, links);
  if (grants.some((grant) => grant.namespace === namespace.text && !grant.owned)) return 'yes';
  return grants.length > 0 ? 'maybe' : 'no';
}

/** A mesh lets a consumer route to the very Service that its route is for (Gateway API conformance, MeshConsumerRoute). */
function isOwnParent({ gateway }: Resource, { target, name, namespace }: Reference): boolean {
  return (
    gateway?.type === 'route' &&
    gateway.route.parents.some(
      (parent) =>
        sameKind(parent.reference.target, target) &&
        parent.reference.name.text === name.text &&
        parent.reference.namespace?.text === namespace?.text,
    )
  );
}

/** The ReferenceGrants that allow a reference, also those whose namespace is not written. */
function grantsFor(from: Resource, { target, name, namespace }: Reference, links: Links): Resource[] {
  return links.all(from, referenceGrant).filter((grant) => {
    if (grant.gateway?.type !== 'grant') return false;
    if (grant.namespace !== undefined && grant.namespace !== namespace?.text) return false;
    const { from: sources, to: targets } = grant.gateway.grant;
    return (
      sources.some(
        (item) => sameKind(item, from) && (item.namespace === from.namespace || isTemplated(item.namespace ?? '')),
      ) &&
      targets.some(
        (item) =>
          sameKind(item, target) && (item.name === undefined || item.name === name.text || isTemplated(item.name)),
      )
    );
  });
}
