import { defineKind } from './define';
import { calledService } from './webhooks';

/** apiregistration.k8s.io APIService: a Service that answers for a group of the API. Without one the API server itself does. */
export const apiService = defineKind({
  group: 'apiregistration.k8s.io',
  kind: 'APIService',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    {
      apiVersion: 'apiregistration.k8s.io/v1beta1',
      deprecatedIn: '1.19',
      removedIn: '1.22',
      replacement: 'apiregistration.k8s.io/v1',
    },
  ],
  references: [calledService('spec.service')],
});
