import { defineKind } from './define';

/** networking.k8s.io IngressClass. */
export const ingressClass = defineKind({
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  clusterScoped: true,
  listed: true,
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    {
      apiVersion: 'networking.k8s.io/v1beta1',
      deprecatedIn: '1.19',
      removedIn: '1.22',
      replacement: 'networking.k8s.io/v1',
    },
  ],
});
