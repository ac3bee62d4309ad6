/** When one rule of a NetworkPolicy allows all that another one allows, as far as their own words tell. */
import type { PodsPeer, PolicyPeer, PolicyPort, PolicyRule } from '../../policy-facts';
import { contains } from '../../ranges';
import type { SelectorUse } from '../../resource';
import { impliesAll } from './implies';

/** Both rules are of one direction, and of policies of one namespace. */
export function allowsAll(outer: PolicyRule, inner: PolicyRule): boolean {
  return hasPorts(outer.ports, inner.ports) && hasPeers(outer.peers, inner.peers);
}

function hasPorts(outer: readonly PolicyPort[] | undefined, inner: readonly PolicyPort[] | undefined): boolean {
  if (!outer) return true;
  return inner !== undefined && inner.length > 0 && inner.every((port) => outer.some((other) => hasPort(other, port)));
}

function hasPort(outer: PolicyPort, inner: PolicyPort): boolean {
  if (!inner.protocols.every((protocol) => outer.protocols.includes(protocol))) return false;
  if (!outer.numbers) return inner.numbers === undefined && inner.name === outer.name;
  if (outer.numbers.first === 1 && outer.numbers.last === 65535) return true;
  return (
    inner.numbers !== undefined &&
    outer.numbers.first <= inner.numbers.first &&
    inner.numbers.last <= outer.numbers.last
  );
}

function hasPeers(outer: readonly PolicyPeer[] | undefined, inner: readonly PolicyPeer[] | undefined): boolean {
  if (!outer) return true;
  return inner !== undefined && inner.length > 0 && inner.every((peer) => outer.some((other) => hasPeer(other, peer)));
}

/** Whether blocks hold pods depends on the families of their addresses, and on the plugin: Cilium never takes them for pods. */
function hasPeer(outer: PolicyPeer, inner: PolicyPeer): boolean {
  if (outer.type === 'block') return inner.type === 'block' && contains(outer.ranges, inner.ranges);
  return outer.type === 'pods' && inner.type === 'pods' && hasPods(outer, inner);
}

function hasPods(outer: PodsPeer, inner: PodsPeer): boolean {
  if (outer.pods && !(inner.pods ? choosesAll(outer.pods, inner.pods) : choosesEverything(outer.pods))) return false;
  if (outer.namespaces === 'own') return inner.namespaces === 'own';
  return inner.namespaces === 'own'
    ? choosesEverything(outer.namespaces)
    : choosesAll(outer.namespaces, inner.namespaces);
}

/** True when all that the second selector chooses the first one chooses too. */
export function choosesAll(outer: SelectorUse, inner: SelectorUse): boolean {
  if (outer.unknown || inner.unknown || outer.selector === 'nothing' || inner.selector === 'nothing') return false;
  return impliesAll(inner.selector.requirements, outer.selector.requirements);
}

function choosesEverything({ selector, unknown }: SelectorUse): boolean {
  return !unknown && selector !== 'nothing' && selector.requirements.length === 0;
}
