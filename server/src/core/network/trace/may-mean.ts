/** Whether blocks of policies hold pods whose addresses no manifest shows. */
import type { Direction, PolicyPeer } from '../../policy-facts';
import type { Ranges } from '../../ranges';
import { contains, intersection, rangesOf } from '../../ranges';
import type { Resource } from '../../resource';
import type { PodEnd, Workload } from '../policy/ends';
import type { Certainty } from '../policy/meaning';
import { mayHoldPrivate } from '../policy/meaning';
import { isPeer } from '../policy/peers';
import { unknownPools } from '../policy/pools';
import type { Means } from '../policy/verdicts';
import { nodesOf } from './known-ends';
import type { Scene } from './scene';

/** True where blocks have a say on pods whose addresses no manifest shows: an evaluation takes them for outside of all but the widest. */
export function dependsOnAddress(scene: Scene, workload: Workload, direction: Direction, other: Workload): boolean {
  return (
    other.addresses === undefined &&
    scene
      .evaluation()
      .applied(workload, direction)
      .some((applied) => applied.direction.rules.some(({ peers = [] }) => peers.some(({ type }) => type === 'block')))
  );
}

/** Whom a peer means of pods that are here: `maybe` only by their addresses. */
export function meansEnd(scene: Scene, end: Workload): Means {
  const pools = poolsOf(scene, end);
  return (peer, policy) =>
    peer.type === 'block' && end.addresses === undefined
      ? holds(peer.ranges, pools, peer)
      : isPeer(peer, namespaceOf(scene, policy), end)
        ? 'yes'
        : 'no';
}

function namespaceOf({ namespace }: Scene, policy: Resource): string | undefined {
  return policy.clusterScoped ? undefined : (policy.namespace ?? namespace);
}

/** Where the addresses of an end may be; pods of the host network have that of their node. */
function poolsOf(scene: Scene, end: PodEnd & Pick<Workload, 'resource'>): readonly Ranges[] {
  if (!end.hostNetwork) return end.pools;
  const points = nodesOf(scene, end.resource.pods?.nodeName?.text).map(({ point }) => point);
  return points.length > 0 ? [rangesOf(points.map((point) => ({ first: point, last: point })))] : unknownPools;
}

/** All of a family for certain, a part of it maybe. Without ranges of pods, they have private addresses. */
function holds(block: Ranges, pools: readonly Ranges[], peer: Extract<PolicyPeer, { type: 'block' }>): Certainty {
  if (pools.some((pool) => contains(block, pool))) return 'yes';
  if (pools === unknownPools) return mayHoldPrivate(peer) ? 'maybe' : 'no';
  return pools.some((pool) => intersection(block, pool).length > 0) ? 'maybe' : 'no';
}
