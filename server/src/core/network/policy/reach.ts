/** Who can reach the pods of a workload, after all policies. */
import type { Party } from './connections';
import type { Workload } from './ends';
import { entriesOf } from './entries';
import type { Evaluation } from './evaluate';
import type { PortSet } from './port-set';
import { isEmpty } from './port-set';
import { outsideOf } from './outside';
import { familiesOf } from './profiles';
import type { PolicyWorld } from './world';

export interface Reach {
  readonly from: Party;
  readonly ports: PortSet;
}

/** Other workloads in order, then what routes lead here, then addresses outside. */
export function whoReaches(world: PolicyWorld, evaluation: Evaluation, to: Workload): Reach[] {
  const { workloads, policies, classOf, profile, connections } = evaluation;
  const families = familiesOf(policies);
  return [
    ...workloads.flatMap((from): Reach[] => (from === to ? [] : [{ from, ports: connections(from, to) }])),
    ...entriesOf(world, evaluation).filter((entry) => entry.to === to),
    ...outsideOf(profile(classOf(to), 'ingress'), to.ports, families).flatMap(({ ranges, ports }) =>
      ranges.map((range): Reach => ({ from: { type: 'range', range }, ports })),
    ),
  ].filter(({ ports }) => !isEmpty(ports));
}
