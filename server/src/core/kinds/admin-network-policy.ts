import { clusterPolicySelectors } from './cluster-policies';
import { defineKind } from './define';

/** policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy: asked before every NetworkPolicy, lowest priority number first. */
export const adminNetworkPolicy = defineKind({
  group: 'policy.networking.k8s.io',
  kind: 'AdminNetworkPolicy',
  clusterScoped: true,
  layer: 'policy',
  policy: 'Admin',
  listed: true,
  nameRule: 'dns1123Subdomain',
  selectors: clusterPolicySelectors,
});
