/** One connection, hop by hop, from a pod or from outside. */
import type { Source, Target } from './ends';
import { fromOutside } from './from-outside';
import { fromPods } from './from-pods';
import type { Hop } from './hop';
import type { Scene } from './scene';

export type TraceVerdict = 'allowed' | 'denied' | 'unresolved';

/** What becomes of the connections that go to some pods or address. */
export interface TracedBackend {
  readonly name: string;
  readonly verdict: TraceVerdict;
}

export interface Trace {
  /** `denied` when something on the way denies it, also for some of several backends only: a part of the connections fails. */
  readonly verdict: TraceVerdict;
  readonly hops: readonly Hop[];
  /** Each of those that connections are shared among. */
  readonly backends: readonly TracedBackend[];
}

export function trace(scene: Scene, from: Source, to: Target): Trace {
  const hops = from.type === 'pods' ? fromPods(scene, from, to) : fromOutside(scene, from.address, to);
  const names = new Set(hops.flatMap(({ backend }) => backend ?? []));
  const backends = [...names].map((name) => ({
    name,
    verdict: verdictOf(hops.filter(({ backend }) => backend === undefined || backend === name)),
  }));
  return { hops, verdict: verdictOf(hops), backends };
}

function verdictOf(hops: readonly Hop[]): TraceVerdict {
  if (hops.some(({ verdict }) => verdict === 'denied')) return 'denied';
  return hops.length === 0 || hops.some(({ verdict }) => verdict === 'unresolved') ? 'unresolved' : 'allowed';
}
