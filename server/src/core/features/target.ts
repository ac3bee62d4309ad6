/** What a person points at: the smallest fact of a resource that holds an offset. */
import type { Address } from '../address/facts';
import type { ListenerFacts, ParentFacts } from '../gateway-facts';
import type { AddressRange } from '../cluster/facts';
import type { Direction, PolicyPeer, PolicyPort, PolicyRule } from '../policy-facts';
import { directions } from '../policy-facts';
import type { Container, ContainerPort, Pods } from '../pod-facts';
import type { Label, Reference, Resource, SelectorUse, ServicePort } from '../resource';
import { labelSpan } from '../resource';
import type { Scalar, Span } from '../value';
import type { Snapshot } from '../workspace';
import { shownBundles, shownResources } from '../world';

export type Target = { readonly resource: Resource; readonly span: Span } & (
  | { readonly type: 'resource' }
  | { readonly type: 'selector'; readonly use: SelectorUse; readonly pair: Label | undefined }
  | { readonly type: 'reference'; readonly reference: Reference; readonly isPort: boolean }
  | { readonly type: 'listener'; readonly listener: ListenerFacts }
  | { readonly type: 'section'; readonly parent: ParentFacts }
  | { readonly type: 'address'; readonly address: Address; readonly isPort: boolean }
  | { readonly type: 'podLabel'; readonly label: Label }
  | { readonly type: 'range'; readonly range: AddressRange }
  | { readonly type: 'podDns'; readonly pods: Pods }
  | { readonly type: 'policyPeer'; readonly rule: PolicyRule; readonly peer: PolicyPeer }
  | { readonly type: 'policyDirection'; readonly direction: Direction }
  | { readonly type: 'policyRule'; readonly rule: PolicyRule }
  | { readonly type: 'policyPort'; readonly rule: PolicyRule; readonly port: PolicyPort }
  | { readonly type: 'servicePort'; readonly port: ServicePort; readonly isTarget: boolean }
  | { readonly type: 'containerPort'; readonly container: Container; readonly port: ContainerPort }
);

/**
 * What lies at an offset of a file; undefined where nothing is known. In a file of a kustomization it is a fact of what
 * the shown bundle renders, wherever in the bundle it has ended up: the value of a patch belongs to what is patched.
 */
export function targetAt(snapshot: Snapshot, uri: string, offset: number): Target | undefined {
  const holds = (span: Span) => span.uri === uri && span.start <= offset && offset <= span.end;
  const own = shownResources(snapshot, uri).find(({ at }) => holds(at));
  const found = own && targetIn(own, holds);
  if (found) return found;
  for (const { resources } of shownBundles(snapshot, uri))
    for (const resource of resources) {
      const target = resource === own ? undefined : targetIn(resource, holds);
      if (target) return target;
    }
  return undefined;
}

function targetIn(resource: Resource, holds: Holds): Target | undefined {
  return (
    listenerAt(resource, holds) ??
    referenceAt(resource, holds) ??
    selectorAt(resource, holds) ??
    policyAt(resource, holds) ??
    portAt(resource, holds) ??
    addressAt(resource, holds) ??
    rangeAt(resource, holds) ??
    labelAt(resource, holds) ??
    podDnsAt(resource, holds) ??
    nameAt(resource, holds)
  );
}

type Holds = (span: Span) => boolean;

function hit(scalars: readonly (Scalar | undefined)[], holds: Holds): Span | undefined {
  return scalars.find((scalar) => scalar && holds(scalar.origin))?.origin;
}

function referenceAt(resource: Resource, holds: Holds): Target | undefined {
  for (const reference of resource.references) {
    const port = hit([reference.port], holds);
    const span = port ?? hit([reference.name, reference.namespace], holds);
    if (span) return { type: 'reference', resource, reference, span, isPort: port !== undefined };
  }
  return undefined;
}

/** A listener of a Gateway, or the listener that a route chooses by its name. */
function listenerAt(resource: Resource, holds: Holds): Target | undefined {
  const { gateway } = resource;
  for (const listener of gateway?.type === 'gateway' ? gateway.gateway.listeners : []) {
    const span = hit([listener.name, listener.port, listener.protocol, listener.hostname], holds);
    if (span) return { type: 'listener', resource, listener, span };
  }
  for (const parent of gateway?.type === 'route' ? gateway.route.parents : []) {
    const span = hit([parent.sectionName, parent.port], holds);
    if (span) return { type: 'section', resource, parent, span };
  }
  return undefined;
}

function selectorAt(resource: Resource, holds: Holds): Target | undefined {
  // A patch may have written a pair elsewhere than the selector that it is in.
  for (const use of resource.selectors) {
    const pair = use.pairs.find(({ key, value }) => holds(key.origin) || holds(value.origin));
    if (pair) return { type: 'selector', resource, use, pair, span: labelSpan(pair) };
  }
  const use = resource.selectors.find(({ at }) => holds(at));
  return use && (use.at.uri !== resource.at.uri || use.at.start > resource.at.start)
    ? { type: 'selector', resource, use, pair: undefined, span: use.at }
    : undefined;
}

/** A peer without labels, a port of a rule, a rule, or the word for a direction. */
function policyAt(resource: Resource, holds: Holds): Target | undefined {
  for (const direction of directions) {
    const said = resource.policy?.[direction];
    const rule = said?.rules.find(({ at }) => holds(at));
    if (rule) {
      const port = rule.ports?.find(({ at }) => holds(at));
      if (port) return { type: 'policyPort', resource, rule, port, span: port.written?.origin ?? port.at };
      const peer = rule.peers?.find(({ at }) => holds(at));
      if (peer) return { type: 'policyPeer', resource, rule, peer, span: peer.at };
      return { type: 'policyRule', resource, rule, span: rule.at };
    }
    if (said && holds(said.at)) return { type: 'policyDirection', resource, direction, span: said.at };
  }
  return undefined;
}

function portAt(resource: Resource, holds: Holds): Target | undefined {
  for (const port of resource.service?.ports ?? []) {
    const target = hit([port.targetPort], holds);
    const span = target ?? hit([port.name, port.port, port.nodePort], holds);
    if (span) return { type: 'servicePort', resource, port, span, isTarget: target !== undefined };
  }
  for (const container of resource.pods?.containers ?? []) {
    for (const port of container.ports) {
      const span = hit([port.name, port.number, port.hostPort], holds);
      if (span) return { type: 'containerPort', resource, container, port, span };
    }
  }
  return undefined;
}

function addressAt(resource: Resource, holds: Holds): Target | undefined {
  for (const address of resource.addresses) {
    const port = hit([address.port], holds);
    const span = hit([address.host], holds) ?? port;
    if (span) return { type: 'address', resource, address, span, isPort: span === port };
  }
  return undefined;
}

function rangeAt(resource: Resource, holds: Holds): Target | undefined {
  const range = resource.cluster?.ranges.find(({ text, implied }) => !implied && holds(text.origin));
  return range && { type: 'range', resource, range, span: range.text.origin };
}

function labelAt(resource: Resource, holds: Holds): Target | undefined {
  const label = resource.pods?.labels.find(({ key, value }) => holds(key.origin) || holds(value.origin));
  return label && { type: 'podLabel', resource, label, span: labelSpan(label) };
}

/** The words that choose how pods look names up. */
function podDnsAt(resource: Resource, holds: Holds): Target | undefined {
  const { pods } = resource;
  const span = [pods?.dns.policy?.origin, pods?.dns.hostNetworkAt].find((item) => item && holds(item));
  return pods && span && { type: 'podDns', resource, pods, span };
}

function nameAt(resource: Resource, holds: Holds): Target | undefined {
  const span = hit([resource.names.name, resource.names.kind], holds);
  return span && { type: 'resource', resource, span };
}
