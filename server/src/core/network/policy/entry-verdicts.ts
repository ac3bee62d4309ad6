/**
 * Whether traffic from outside the cluster arrives at pods: through the controller of an Ingress or Gateway, which hardly
 * ever stands in the same manifests, or straight by a NodePort or LoadBalancer. Likewise whether Prometheus, which is
 * elsewhere too, arrives at what a monitor names.
 */
import { controllerKey } from '../../keys';
import { gatewayGroup } from '../../kinds/gateway-references';
import type { Links } from '../../links';
import { likely } from '../../links';
import type { PodsPeer, PolicyPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource, SelectorUse } from '../../resource';
import { flatten } from '../../rings';
import { carriesOut, usualController } from '../controllers';
import type { Backend, PortEndpoints } from '../endpoints';
import { usualEnd } from './entries';
import type { Certainty } from './meaning';
import { choosesLabels, isWhole, meansNamespace, meansPods, namespaceNameLabel } from './meaning';
import { choosesPods } from './peers';
import { maySend, speaksOfSystem } from './systems';
import type { LinkedSide } from './verdicts';
import { portNamesOf, sideVerdict } from './verdicts';

export interface EntryVerdict extends LinkedSide {
  /** It is closed only if peers that mean nothing here are not the controller. */
  readonly guessed: boolean;
}

/**
 * What the policies about a workload say of traffic from outside to one of its ports. `by` is the Ingress, route or monitor
 * whose controller sends it; undefined where it comes straight from outside.
 */
export function entryVerdict(
  links: Links,
  workload: Resource,
  protocol: Protocol,
  port: number,
  by: Resource | undefined,
): EntryVerdict {
  const names = portNamesOf(workload);
  const ask = (stranger: Certainty): LinkedSide =>
    sideVerdict(
      links,
      workload,
      'ingress',
      (peer, policy) => (by ? meansController(links, peer, policy, by, stranger) : meansOutside(peer)),
      names,
      protocol,
      port,
    );
  const sure = ask('maybe');
  if (!by || sure.allowed !== undefined) return { ...sure, guessed: false };
  const guess = ask('no');
  return guess.allowed === false ? { ...guess, guessed: true } : { ...sure, guessed: false };
}

/** A backend, and whether traffic from outside arrives there. */
export interface EnteredBackend {
  readonly backend: Backend;
  readonly verdict: EntryVerdict;
}

/** More pods behind one port than this are not asked one by one. */
const MAX_BACKENDS = 20;

const entered = new WeakMap<PortEndpoints, Map<Resource | undefined, readonly EnteredBackend[]>>();

/** The backends of a Service port with their verdicts: several rules and cards ask for the same. `by` as above. */
export function enteredBackends(
  links: Links,
  endpoints: PortEndpoints,
  by: Resource | undefined,
): readonly EnteredBackend[] {
  // Endpoints are those of these links (endpointsOf), so that they stand for them too.
  const ways = entered.get(endpoints) ?? new Map<Resource | undefined, readonly EnteredBackend[]>();
  entered.set(endpoints, ways);
  const found =
    ways.get(by) ??
    endpoints.backends.slice(0, MAX_BACKENDS).map((backend) => ({
      backend,
      verdict: entryVerdict(links, backend.workload, endpoints.port.protocol, backend.number, by),
    }));
  ways.set(by, found);
  return found;
}

/** Of clients no address is known, and their packets may have that of a node; pods are never meant. */
export function meansOutside(peer: PolicyPeer): Certainty {
  if (peer.type === 'block') return isWhole(peer) ? 'yes' : 'maybe';
  return peer.type === 'pods' ? 'no' : 'maybe';
}

/**
 * Whether a peer means the controller of an Ingress or route, or Prometheus for a monitor. `stranger`: what is taken of
 * selectors that mean nothing here and say nothing of a controller.
 */
export function meansController(
  links: Links,
  peer: PolicyPeer,
  policy: Resource,
  by: Resource,
  stranger: Certainty,
): Certainty {
  if (peer.type === 'block') return isWhole(peer) ? 'yes' : 'maybe';
  if (peer.type !== 'pods') return 'maybe';
  const here = controllersOf(links, by);
  if (here.some((controller) => meansPods(links, peer, policy, controller) === 'yes')) return 'yes';
  if (
    areOnNodes(here) &&
    here.every((item) => meansPods(links, peer, policy, item) === 'no' && names(links, peer, policy, item))
  )
    return 'no';
  const usual = here.length === 0 ? usualController(by) : undefined;
  if (usual && choosesPods(peer, policy.namespace, usualEnd(usual))) return 'yes';
  const { namespaces, pods } = peer;
  if (pods?.unknown || (namespaces !== 'own' && namespaces.unknown)) return 'maybe';
  if ((pods && speaksOfSystem(pods)) || (namespaces !== 'own' && speaksOfSystem(namespaces))) return 'maybe';
  const isAnyPod = !pods || isEverything(pods);
  if (namespaces === 'own') {
    if (isAnyPod) return ownNamespace(links, policy, by);
  } else if (isAnyPod) {
    if (isEverything(namespaces)) return 'yes';
    return gatewayNamespaces(by).some((name) => meansNamespace(links, peer, policy, name, by) === 'yes')
      ? 'maybe'
      : stranger;
  }
  return byLabels(links, policy, peer, pods, by, stranger);
}

/** True for pods that are all in the network of their nodes: packets from there have the address of the node, and no labels. */
export function areOnNodes(workloads: readonly Resource[]): boolean {
  return workloads.length > 0 && workloads.every(({ pods }) => pods?.hostNetwork === true);
}

/** A peer chooses these pods by the labels and the namespace that they have. */
function names(links: Links, peer: PodsPeer, policy: Resource, workload: Resource): boolean {
  return (
    choosesLabels(peer.pods, workload) === 'yes' &&
    meansNamespace(links, peer, policy, workload.namespace, workload) === 'yes'
  );
}

/** The namespaces of the Gateways that a route names: many implementations run the proxy of a Gateway beside it. */
export function gatewayNamespaces({ gateway, namespace }: Resource): readonly string[] {
  if (gateway?.type !== 'route') return [];
  const names = gateway.route.parents.flatMap(({ reference }) => reference.namespace?.text ?? namespace ?? []);
  return [...new Set(names)];
}

/** Controllers that are here. There may be others elsewhere, so that they tell only what is let in. */
export function controllersOf(links: Links, by: Resource): readonly Resource[] {
  if (by.scrapes.length > 0) return [];
  return flatten(links.rings(controllerKey, by)).filter((workload) => carriesOut(workload, by));
}

/** Many implementations of the Gateway API run the proxy of a Gateway beside it; controllers of Ingresses have a namespace of their own. */
function ownNamespace(links: Links, policy: Resource, by: Resource): Certainty {
  if (by.group === gatewayGroup || policy.namespace === undefined) return 'maybe';
  return links.siblings(policy).some((other) => maySend(other, by)) ? 'maybe' : 'no';
}

/** Pods that are here and are no controller are not meant by chance. */
function byLabels(
  links: Links,
  policy: Resource,
  peer: PodsPeer,
  pods: SelectorUse,
  by: Resource,
  stranger: Certainty,
): Certainty {
  const found = likely(links.select(policy, pods));
  if (found.length === 0) return stranger;
  return found.some((other) => maySend(other, by)) || isElsewhere(peer) ? 'maybe' : 'no';
}

/** The peer asks for labels of namespaces other than their names: what is there is not known. */
function isElsewhere({ namespaces }: PodsPeer): boolean {
  if (namespaces === 'own' || namespaces.selector === 'nothing') return false;
  return namespaces.selector.requirements.some(({ key }) => key !== namespaceNameLabel);
}

function isEverything({ selector }: SelectorUse): boolean {
  return selector !== 'nothing' && selector.requirements.length === 0;
}
