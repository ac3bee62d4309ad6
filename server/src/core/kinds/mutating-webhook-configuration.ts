import { defineKind } from './define';
import { calledService } from './webhooks';

/** admissionregistration.k8s.io MutatingWebhookConfiguration: Services that the API server asks to change an object before it is stored. */
export const mutatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingWebhookConfiguration',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    {
      apiVersion: 'admissionregistration.k8s.io/v1beta1',
      deprecatedIn: '1.16',
      removedIn: '1.22',
      replacement: 'admissionregistration.k8s.io/v1',
    },
  ],
  references: [calledService('webhooks.*.clientConfig.service')],
});
