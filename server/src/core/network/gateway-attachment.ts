/** Which listeners a route attaches to, and why it attaches to none (ParentReference, AllowedRoutes). */
import type { ParentFacts } from '../gateway-facts';
import type { Links } from '../links';
import type { Reference, Resource } from '../resource';
import { isTemplated } from '../templated';
import { isGranted } from './gateway-backends';
import { commonHostnames } from './gateway-hostnames';
import type { Listener } from './gateway-listeners';
import { ownListeners, takesKind } from './gateway-listeners';
import type { Verdict } from './gateway-namespaces';
import { admits } from './gateway-namespaces';

/** RouteConditionReason of the Gateway API, for routes that are not accepted. */
export type Refusal = 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname';

export interface Attachment {
  readonly parent: ParentFacts;
  /** The Gateway or ListenerSet; undefined where it is not here, or the parent is something else. */
  readonly to: Resource | undefined;
  readonly verdict: Verdict;
  /** Set when the verdict is no. */
  readonly refusal: Refusal | undefined;
  readonly listeners: readonly AttachedListener[];
  /** The listeners that sectionName and port choose. */
  readonly chosen: readonly Listener[];
}

export interface AttachedListener {
  readonly listener: Listener;
  /** The hosts for which the route answers there; `*` for all. */
  readonly hostnames: readonly string[];
  readonly verdict: 'yes' | 'maybe';
}

/** Every attachment that a route asks for. Objects that may be meant count as well as those that are. */
export function attachmentsOf(route: Resource, links: Links): Attachment[] {
  if (route.gateway?.type !== 'route') return [];
  return route.gateway.route.parents.flatMap((parent) => {
    const { to, maybe } = links.resolve(route, parent.reference);
    const found = (to.length > 0 ? to : maybe).filter((item) => item.gateway?.type === 'gateway');
    return found.length === 0
      ? [{ parent, to: undefined, verdict: 'maybe' as const, refusal: undefined, listeners: [], chosen: [] }]
      : found.map((item) => attach(route, parent, item, links));
  });
}

function attach(route: Resource, parent: ParentFacts, to: Resource, links: Links): Attachment {
  const { sectionName, port } = parent;
  const hidden = [sectionName, port].some((item) => item && isTemplated(item.text));
  const listeners = ownListeners(to);
  const isTemplate = listeners.some(
    ({ facts }) => isTemplated(facts.name?.text ?? '') || isTemplated(facts.port?.text ?? ''),
  );
  const chosen = listeners.filter(
    ({ facts }) =>
      (sectionName === undefined || facts.name?.text === sectionName.text) &&
      (port === undefined || facts.port?.value === port.value),
  );
  const base = { parent, to, chosen };
  const maybe = { ...base, verdict: 'maybe' as const, refusal: undefined, listeners: [] };
  if (hidden || (chosen.length === 0 && isTemplate)) return maybe;
  if (chosen.length === 0) return { ...base, verdict: 'no', refusal: 'NoMatchingParent', listeners: [] };
  const judged = chosen.map((listener) => ({ listener, verdict: allows(listener, route, links) }));
  const allowing = judged.filter(({ verdict }) => verdict !== 'no');
  if (allowing.length === 0) return { ...base, verdict: 'no', refusal: 'NotAllowedByListeners', listeners: [] };
  const attached = allowing.flatMap(({ listener, verdict }) => join(listener, verdict, route));
  if (attached.length === 0) return { ...base, verdict: 'no', refusal: 'NoMatchingListenerHostname', listeners: [] };
  const sure = attached.some(({ verdict }) => verdict === 'yes');
  return { ...base, verdict: sure ? 'yes' : 'maybe', refusal: undefined, listeners: attached };
}

/** Whether the kind and namespace of a route are allowed by a listener. */
export function allows({ facts, owner }: Listener, route: Resource, links: Links): Verdict {
  const kind = takesKind(facts, route);
  if (kind === false) return 'no';
  const namespace = admits(facts.allowedNamespaces, owner, route, links);
  return namespace === 'yes' && kind === undefined ? 'maybe' : namespace;
}

function join(listener: Listener, verdict: 'yes' | 'maybe' | 'no', route: Resource): AttachedListener[] {
  const hostnames = route.gateway?.type === 'route' ? route.gateway.route.hostnames : [];
  const own = listener.facts.hostname;
  const sure = verdict === 'yes' ? 'yes' : 'maybe';
  // TCP and UDP know no hosts.
  if (/^(?:tcp|udp)$/i.test(listener.facts.protocol?.text ?? ''))
    return [{ listener, hostnames: ['*'], verdict: sure }];
  if ([own, ...hostnames].some((item) => item && isTemplated(item.text)))
    return [{ listener, hostnames: hostnames.map(({ text }) => text), verdict: 'maybe' }];
  const common = commonHostnames(
    own?.text,
    hostnames.map(({ text }) => text),
  );
  return common.length > 0 ? [{ listener, hostnames: common, verdict: sure }] : [];
}

/** The routes that attach to a Gateway or ListenerSet, or ask for it. */
export function attachmentsTo(
  owner: Resource,
  links: Links,
): { readonly route: Resource; readonly attachment: Attachment }[] {
  const routes = new Set(links.referrers(owner).flatMap(({ from }) => (from.gateway?.type === 'route' ? [from] : [])));
  return [...routes].flatMap((route) =>
    attachmentsOf(route, links).flatMap((attachment) => (attachment.to === owner ? [{ route, attachment }] : [])),
  );
}

/** True when a Gateway does not take a route, or no ReferenceGrant lets it lead where it does. */
export function isRefused(from: Resource, reference: Reference, to: Resource, links: Links): boolean {
  if (!from.gateway) return false;
  if (reference.role === 'routes') return isGranted(from, reference, links) === 'no';
  return attachmentsOf(from, links).some(
    (item) => item.parent.reference === reference && item.to === to && item.verdict === 'no',
  );
}
