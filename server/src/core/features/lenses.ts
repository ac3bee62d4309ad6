/** A few words above each Service, workload, Gateway and policy: `2 workloads, 4 pods`. */
import type { Links } from '../links';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import type { Span } from '../value';
import type { Snapshot } from '../workspace';
import { answeringBundles, shownResources, writtenIn } from '../world';
import { reach } from './describe';
import { joinLenses } from './join-lenses';
import { kustomizationLenses } from './kustomize/lenses';
import { policyLensWords } from './lens-policy';
import { count } from './markdown';
import { endpointsOf } from '../network/endpoints';
import { attachmentsTo } from '../network/gateway-attachment';

/** More overlays than these are not asked one by one: the shown one speaks. */
const MAX_BUNDLES = 20;

export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** Where a click leads. */
  readonly places: readonly Span[];
  /** In place of places: the file whose kustomization a click shows as it is built. */
  readonly shows?: string;
}

export function lenses(snapshot: Snapshot, uri: string): readonly Lens[] {
  return [...kustomizationLenses(snapshot, uri), ...ofResources(snapshot, uri)];
}

function ofResources(snapshot: Snapshot, uri: string): Lens[] {
  const of = (resources: readonly Resource[]) =>
    resources.flatMap((resource) => lensOf(snapshot.links, resource) ?? []);
  const bundles = answeringBundles(snapshot, uri);
  if (bundles.length < 2 || bundles.length > MAX_BUNDLES) return of(shownResources(snapshot, uri));
  return joinLenses(snapshot, new Map(bundles.map((bundle) => [bundle, of(writtenIn(bundle, uri))])));
}

function lensOf(links: Links, resource: Resource): Lens | undefined {
  return (
    serviceLens(links, resource) ??
    workloadLens(links, resource) ??
    gatewayLens(links, resource) ??
    policyLens(links, resource)
  );
}

function serviceLens(links: Links, service: Resource): Lens | undefined {
  if (!service.service) return undefined;
  const { state, workloads, maybe, addresses, manual } = endpointsOf(service, service.service, links);
  const span = startOf(service);
  if (workloads.length > 0)
    return {
      span,
      title: reach(workloads, podSelector(service)),
      places: workloads.map((workload) => workload.nameAt),
    };
  if (manual.length > 0)
    return {
      span,
      title: count(new Set(addresses.map(({ ip }) => ip)).size, 'address'),
      places: manual.map((from) => from.nameAt),
    };
  return state === 'no-match' && maybe.length === 0 ? { span, title: 'no pods', places: [] } : undefined;
}

function workloadLens(links: Links, workload: Resource): Lens | undefined {
  if (!workload.pods) return undefined;
  const chosen = links.selectedBy(workload);
  const services = chosen.filter(({ from }) => from.service);
  if (services.length === 0) return undefined;
  const others = chosen.length - services.length;
  const title = [count(services.length, 'Service'), ...(others > 0 ? [count(others, 'other selector')] : [])].join(
    ', ',
  );
  return { span: startOf(workload), title, places: chosen.map(({ from }) => from.nameAt) };
}

/** How many routes a Gateway or ListenerSet takes. */
function gatewayLens(links: Links, gateway: Resource): Lens | undefined {
  if (gateway.gateway?.type !== 'gateway') return undefined;
  const routes = new Set(
    attachmentsTo(gateway, links).flatMap(({ route, attachment }) => (attachment.verdict === 'no' ? [] : [route])),
  );
  return {
    span: startOf(gateway),
    title: routes.size === 0 ? 'no routes' : count(routes.size, 'route'),
    places: [...routes].map((route) => route.nameAt),
  };
}

function policyLens(links: Links, policy: Resource): Lens | undefined {
  const found = policy.policy && policyLensWords(links, policy);
  return (
    found && { span: startOf(policy), title: found.words, places: found.workloads.map((workload) => workload.nameAt) }
  );
}

/** Above the first line of an object. */
function startOf({ at }: Resource): Span {
  return { ...at, end: at.start };
}
