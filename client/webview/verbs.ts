import type { EdgeState, EdgeType, TopologyNode } from './protocol';

const verbs: Readonly<Record<EdgeType, string>> = {
  routes: 'routes to',
  selects: 'selects',
  calls: 'calls',
  allows: 'allows',
  applies: 'applies to',
  attaches: 'attaches to',
  targets: 'targets',
  monitors: 'monitors',
};

/** What a line means, in words between its two ends. */
export function verb(
  { type, state }: { readonly type: EdgeType; readonly state: EdgeState },
  from?: TopologyNode,
): string {
  if (type !== 'allows' || from?.layer !== 'workload') return verbs[type];
  return state === 'blocked' ? 'cannot connect to' : 'may connect to';
}
