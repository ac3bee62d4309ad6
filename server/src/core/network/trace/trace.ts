/** One connection, hop by hop, from a pod or from outside. */
import type { Source, Target } from './ends';
import { fromOutside } from './from-outside';
import { fromPods } from './from-pods';
import type { Hop } from './hop';
import type { Scene } from './scene';

export type TraceVerdict = 'allowed' | 'denied' | 'unresolved';

export interface Trace {
  /** `denied` when something on the way denies it, also for some of several backends only. */
  readonly verdict: TraceVerdict;
  readonly hops: readonly Hop[];
}

export function trace(scene: Scene, from: Source, to: Target): Trace {
  const hops = from.type === 'pods' ? fromPods(scene, from, to) : fromOutside(scene, from.address, to);
  return { hops, verdict: verdictOf(hops) };
}

function verdictOf(hops: readonly Hop[]): TraceVerdict {
  if (hops.some(({ verdict }) => verdict === 'denied')) return 'denied';
  return hops.length === 0 || hops.some(({ verdict }) => verdict === 'unresolved') ? 'unresolved' : 'allowed';
}
