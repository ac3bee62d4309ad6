/** Whether a peer of a policy means an end, and whether a policy is about a pod. */
import type { Labels, Requirement } from '../../labels';
import { holds, matches } from '../../labels';
import type { PodsPeer, PolicyPeer } from '../../policy-facts';
import type { Ranges } from '../../ranges';
import { contains, intersection } from '../../ranges';
import type { OpenLabel } from '../../pod-facts';
import type { SelectorUse } from '../../resource';
import type { End, ImaginedEnd, Namespace, PodEnd } from './ends';
import { mayBe } from '../../pods-match';
import { impliesAll } from './implies';
import { unknownPools } from './pools';

/** True when the peer means the end; `own` is the namespace of the policy. */
export function isPeer(peer: PolicyPeer, own: string | undefined, end: End): boolean {
  if (peer.type === 'unknown') return peer.failsClosed;
  if (end.type === 'nobody') return false;
  if (peer.type === 'block')
    return end.type === 'outside'
      ? contains(peer.ranges, end.ranges)
      : end.type === 'pods' && end.addresses
        ? intersection(peer.ranges, end.addresses).length > 0
        : holdsPool(peer.ranges, end.type === 'pods' ? end.pools : unknownPools);
  if (end.type === 'outside') return false;
  if (end.type === 'imagined') return peer.type === 'pods' && choosesImagined(peer, own, end);
  if (peer.type === 'nodes') return end.hostNetwork && runsOn(peer.nodes, end.node);
  return choosesPods(peer, own, end);
}

/** True when a subject or peer chooses pods by their labels. Pods of the host network have none to policies. */
export function choosesPods({ namespaces, pods }: PodsPeer, own: string | undefined, end: PodEnd): boolean {
  return (
    !end.hostNetwork &&
    choosesNamespace(namespaces, own, end.namespace) &&
    (pods === undefined || choosesLabels(pods, end.labels, end.openLabels))
  );
}

export function choosesNamespace(use: SelectorUse | 'own', own: string | undefined, namespace: Namespace): boolean {
  return use === 'own'
    ? namespace.name !== undefined && namespace.name === own
    : !use.unknown && matches(use.selector, namespace.labels);
}

export function choosesLabels(use: SelectorUse, labels: Labels, openLabels: readonly OpenLabel[]): boolean {
  if (use.unknown || use.selector === 'nothing') return false;
  return use.selector.requirements.every((requirement) => {
    const open = openLabels.find(({ key }) => key === requirement.key);
    return open && !labels.has(open.key) ? mayMeet(requirement, open) : holds(requirement, labels);
  });
}

/** A label that the control plane writes is there, whatever its value. */
function mayMeet({ operator, values }: Requirement, label: OpenLabel): boolean {
  if (operator === 'DoesNotExist') return false;
  return operator !== 'In' || values.some((value) => mayBe(value, label));
}

/** Pods whose address is not known are in a block only when it holds all addresses of a family that they may have. */
function holdsPool(block: Ranges, pools: readonly Ranges[]): boolean {
  return pools.some((pool) => contains(block, pool));
}

function runsOn(nodes: SelectorUse, node: Labels | undefined): boolean {
  if (nodes.unknown || nodes.selector === 'nothing') return false;
  return nodes.selector.requirements.length === 0 || (node !== undefined && matches(nodes.selector, node));
}

/** True when the peer chooses every pod that is imagined. */
function choosesImagined({ namespaces, pods }: PodsPeer, own: string | undefined, end: ImaginedEnd): boolean {
  const { namespace } = end;
  const inNamespace = namespace
    ? choosesNamespace(namespaces, own, namespace)
    : namespaces !== 'own' && choosesAll(namespaces, end.namespaces);
  return inNamespace && (pods === undefined || choosesAll(pods, end.pods));
}

function choosesAll({ unknown, selector }: SelectorUse, known: readonly Requirement[]): boolean {
  return !unknown && selector !== 'nothing' && impliesAll(known, selector.requirements);
}
