import type { Draft } from '../finding';
import { adminNetworkPolicy } from '../kinds/admin-network-policy';
import { baselineAdminNetworkPolicy } from '../kinds/baseline-admin-network-policy';
import { clusterNetworkPolicy } from '../kinds/cluster-network-policy';
import type { ReadResource } from '../kinds/read';
import { networkPolicy } from '../kinds/network-policy';
import { field } from '../path';
import { groupKindKey } from '../resource';
import { defineRule } from './define';
import { clusterPolicyFields } from './policy-checks/cluster-policy';
import { networkPolicyFields } from './policy-checks/network-policy';

const checks = new Map<string, (read: ReadResource) => Iterable<Draft>>([
  [groupKindKey(networkPolicy), ({ tree }) => networkPolicyFields(field(tree, 'spec'))],
  [
    groupKindKey(adminNetworkPolicy),
    ({ tree }) =>
      clusterPolicyFields(tree, {
        actions: ['Allow', 'Deny', 'Pass'],
        hasPriority: true,
        hasTier: false,
        maxRules: 100,
        maxItems: 100,
        ports: 'ports',
      }),
  ],
  [
    groupKindKey(baselineAdminNetworkPolicy),
    ({ tree }) =>
      clusterPolicyFields(tree, {
        actions: ['Allow', 'Deny'],
        hasPriority: false,
        hasTier: false,
        name: 'default',
        maxRules: 100,
        maxItems: 100,
        ports: 'ports',
      }),
  ],
  [
    groupKindKey(clusterNetworkPolicy),
    ({ tree }) =>
      clusterPolicyFields(tree, {
        actions: ['Accept', 'Deny', 'Pass'],
        hasPriority: true,
        hasTier: true,
        maxRules: 25,
        maxItems: 25,
        ports: 'protocols',
      }),
  ],
]);

/** What the API server refuses in a NetworkPolicy or one of the policies of policy.networking.k8s.io. */
export const invalidNetworkPolicy = defineRule({
  id: 'invalid-network-policy',
  summary: 'The API server refuses a network policy',
  levels: ['error'],
  resource: (read) => checks.get(groupKindKey(read.resource))?.(read) ?? [],
});
