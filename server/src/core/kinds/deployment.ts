import { defineKind } from './define';
import { templateMisplaced } from './misplaced';

/** apps/v1 Deployment. */
export const deployment = defineKind({
  group: 'apps',
  kind: 'Deployment',
  olderGroups: ['extensions'],
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'extensions/v1beta1', deprecatedIn: '1.8', removedIn: '1.16', replacement: 'apps/v1' },
    { apiVersion: 'apps/v1beta1', deprecatedIn: '1.8', removedIn: '1.16', replacement: 'apps/v1' },
    { apiVersion: 'apps/v1beta2', deprecatedIn: '1.9', removedIn: '1.16', replacement: 'apps/v1' },
  ],
  pods: {
    template: 'spec.template',
    replicas: 'spec.replicas',
    defaultReplicas: 1,
    runtimeLabels: ['pod-template-hash'],
    selector: {
      path: 'spec.selector',
      form: 'labelSelector',
      required: true,
      defaultedIn: ['extensions/v1beta1', 'apps/v1beta1'],
    },
    serves: true,
  },
  misplaced: templateMisplaced,
});
