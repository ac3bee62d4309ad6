import type { EdgeType } from './protocol';

/** What an edge means, in words between its two ends. */
export const verbs: Readonly<Record<EdgeType, string>> = {
  routes: 'routes to',
  selects: 'selects',
  calls: 'calls',
  allows: 'allows',
  applies: 'applies to',
  attaches: 'attaches to',
  targets: 'targets',
  monitors: 'monitors',
};
