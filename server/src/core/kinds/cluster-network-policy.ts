import { clusterPolicySelectors } from './cluster-policies';
import { defineKind } from './define';

/** policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy: of the tier Admin or Baseline, the successor of both kinds. */
export const clusterNetworkPolicy = defineKind({
  group: 'policy.networking.k8s.io',
  kind: 'ClusterNetworkPolicy',
  clusterScoped: true,
  layer: 'policy',
  policy: 'spec.tier',
  listed: true,
  nameRule: 'dns1123Subdomain',
  selectors: clusterPolicySelectors,
});
