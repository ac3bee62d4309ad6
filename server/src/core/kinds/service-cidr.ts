import { defineKind } from './define';

/** networking.k8s.io ServiceCIDR: declares address ranges for Services. */
export const serviceCidr = defineKind({
  group: 'networking.k8s.io',
  kind: 'ServiceCIDR',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
});
