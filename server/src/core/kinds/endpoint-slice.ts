import { defineKind } from './define';

/** discovery.k8s.io EndpointSlice: belongs to the Service in its label kubernetes.io/service-name. */
export const endpointSlice = defineKind({
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  layer: 'service',
  nameRule: 'dns1123Subdomain',
  manual: 'slice',
  oldApis: [
    {
      apiVersion: 'discovery.k8s.io/v1beta1',
      deprecatedIn: '1.21',
      removedIn: '1.25',
      replacement: 'discovery.k8s.io/v1',
    },
  ],
});
