import type { PolicyAction } from '../policy-facts';

/** How the versions of policy.networking.k8s.io write the actions of their rules. */
export const policyActions: ReadonlyMap<string, PolicyAction> = new Map([
  ['Allow', 'Allow'],
  ['Accept', 'Allow'],
  ['Deny', 'Deny'],
  ['Pass', 'Pass'],
]);
