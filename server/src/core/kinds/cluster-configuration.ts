import { defineKind } from './define';

/** kubeadm ClusterConfiguration: declares the Service address range. */
export const clusterConfiguration = defineKind({
  group: 'kubeadm.k8s.io',
  kind: 'ClusterConfiguration',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
});
