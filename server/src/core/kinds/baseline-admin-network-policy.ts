import { clusterPolicySelectors } from './cluster-policies';
import { defineKind } from './define';

/** policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy: asked for pods that no NetworkPolicy selects. */
export const baselineAdminNetworkPolicy = defineKind({
  group: 'policy.networking.k8s.io',
  kind: 'BaselineAdminNetworkPolicy',
  clusterScoped: true,
  layer: 'policy',
  policy: 'Baseline',
  listed: true,
  nameRule: 'dns1123Subdomain',
  selectors: clusterPolicySelectors,
});
