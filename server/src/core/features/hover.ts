/** The card shown for what is under the cursor. Its first line alone answers "does it work?". */
import { namesOf } from '../bundle-findings';
import type { Text } from '../finding';
import { list, say } from '../finding';
import { namedPort } from '../network/backend-port';
import type { Reference, Resource, SelectorUse } from '../resource';
import type { Span } from '../value';
import type { Snapshot } from '../workspace';
import { answeringBundles } from '../world';
import { outcome, portLine } from './describe';
import { addressCard } from './hover-calls';
import { podDnsCard } from './hover-dns';
import { gatewayCard, gatewayRouteCard, listenerCard, parentCard, sectionCard } from './hover-gateway';
import { peerCard, policyCard, policyDirectionCard, policyPortCard, policyRuleCard } from './hover-policy';
import { rangeCard } from './hover-range';
import { routeCard, way } from './hover-route';
import { portCard, serviceCard } from './hover-service';
import { containerPortCard, podLabelCard, selectionCard, workloadCard } from './hover-workload';
import { isInline, kustomizationCard } from './kustomize/hover';
import { patchedObjects } from './kustomize/named-objects';
import { code, plain, some, title } from './markdown';
import type { Target } from './target';
import { targetAt } from './target';

export interface Hover {
  readonly span: Span;
  /** Markdown; resources and places in it are to be shown as links. Lines are paragraphs. */
  readonly lines: readonly Text[];
}

export function hover(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const fact = () => {
    const target = targetAt(snapshot, uri, offset);
    const lines = target && card(snapshot, target);
    return lines && lines.length > 0 ? { span: target.span, lines: [...lines, ...whose(snapshot, uri)] } : undefined;
  };
  // What a patch says is a fact of the object that it changes; what else a kustomization says concerns many.
  const ofAll = () => kustomizationCard(snapshot, uri, offset);
  const found = isInline(snapshot, uri, offset) ? (fact() ?? ofAll()) : (ofAll() ?? fact());
  return found ?? patchedCard(snapshot, uri, offset);
}

/** The name in a patch is that of the objects that it changes. */
function patchedCard(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const { at, objects: [resource] = [] } = patchedObjects(snapshot, uri, offset) ?? {};
  const lines = resource && resourceCard(snapshot, resource);
  return at && lines && lines.length > 0 ? { span: at, lines } : undefined;
}

/** Which of several kustomizations a card speaks of, while none of them is selected. */
function whose(snapshot: Snapshot, uri: string): Text[] {
  const bundles = answeringBundles(snapshot, uri);
  const [first] = bundles;
  if (!first || bundles.length < 2) return [];
  return [say`In ${plain(namesOf(snapshot.bundles()).get(first) ?? '')}, one of ${bundles.length} environments`];
}

function card(snapshot: Snapshot, target: Target): Text[] {
  const { resource } = target;
  switch (target.type) {
    case 'reference':
      return referenceCard(snapshot, resource, target.reference);
    case 'selector':
      return selectorCard(snapshot, resource, target.use);
    case 'policyPeer':
      return peerCard(snapshot, resource, target.rule, target.peer);
    case 'policyRule':
      return policyRuleCard(snapshot, resource, target.rule);
    case 'policyDirection':
      return policyDirectionCard(snapshot, resource, target.direction);
    case 'policyPort':
      return policyPortCard(snapshot, resource, target.rule, target.port);
    case 'servicePort':
      return portCard(snapshot, resource, target.port);
    case 'containerPort':
      return containerPortCard(snapshot, resource, target.container, target.port);
    case 'listener':
      return listenerCard(snapshot, resource, target.listener);
    case 'section':
      return sectionCard(snapshot, resource, target.parent);
    case 'address':
      return addressCard(snapshot, resource, target.address);
    case 'podLabel':
      return podLabelCard(snapshot, resource, target.label);
    case 'podDns':
      return podDnsCard(snapshot, resource, target.pods);
    case 'range':
      return rangeCard(snapshot, resource, target.range);
    case 'resource':
      return resourceCard(snapshot, resource);
  }
}

/** What a selector chooses; that of a policy's peer is a part of it. */
function selectorCard(snapshot: Snapshot, resource: Resource, use: SelectorUse): Text[] {
  if (resource.service) return serviceCard(snapshot, resource);
  const { policy } = resource;
  if (!policy) return selectionCard(snapshot, resource, use);
  for (const rule of [...(policy.ingress?.rules ?? []), ...(policy.egress?.rules ?? [])])
    for (const peer of rule.peers ?? [])
      if (peer.type === 'pods' && (peer.pods === use || peer.namespaces === use))
        return peerCard(snapshot, resource, rule, peer);
  return policyCard(snapshot, resource);
}

/** The card of a whole object. */
function resourceCard(snapshot: Snapshot, resource: Resource): Text[] {
  if (resource.service) return serviceCard(snapshot, resource);
  if (resource.pods) return workloadCard(snapshot, resource);
  if (resource.policy) return policyCard(snapshot, resource);
  if (resource.gateway?.type === 'gateway') return gatewayCard(snapshot, resource);
  if (resource.gateway?.type === 'route') return gatewayRouteCard(snapshot, resource);
  if (resource.references.some((reference) => reference.route)) return routeCard(snapshot, resource);
  const [use] = resource.selectors.filter((item) => item.selects === 'pods');
  if (use) return selectionCard(snapshot, resource, use);
  const users = [...new Set(snapshot.links.referrers(resource).map(({ from }) => from))];
  return users.length > 0
    ? [say`${title(resource)} is used by ${some(users.map((from) => [{ resource: from }]))}`]
    : [];
}

/** The card of a name: the way of a route, or the card of the object that is named. */
function referenceCard(snapshot: Snapshot, from: Resource, reference: Reference): Text[] {
  const { links } = snapshot;
  const { to, maybe, elsewhere } = links.resolve(from, reference);
  const [target] = [...to, ...maybe];
  if (reference.route) {
    const service = target?.service;
    const port = service && reference.port ? namedPort(service, reference.port) : undefined;
    const line = target && outcome(target, links)?.endpoints.ports.find((item) => item.port === port);
    return [way(links, from, reference).words, ...(line ? [portLine(line)] : [])];
  }
  if (target) {
    const card = [...parentCard(snapshot, from, reference), ...resourceCard(snapshot, target)];
    return card.length > 0 ? card : [say`${target} (${target.at})`];
  }
  const other =
    elsewhere.length > 0
      ? say`; there is ${list(elsewhere.slice(0, 3).map((item) => say`${item} in namespace ${plain(item.namespace ?? '')}`))}`
      : undefined;
  return [say`${reference.target.kind} ${code(reference.name.text)} is not here${other}`];
}
