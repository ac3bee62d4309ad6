import { defineKind } from './define';
import { templateMisplaced } from './misplaced';

/** apps/v1 StatefulSet: `serviceName` is the headless Service that names its pods. */
export const statefulSet = defineKind({
  group: 'apps',
  kind: 'StatefulSet',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'apps/v1beta1', deprecatedIn: '1.8', removedIn: '1.16', replacement: 'apps/v1' },
    { apiVersion: 'apps/v1beta2', deprecatedIn: '1.9', removedIn: '1.16', replacement: 'apps/v1' },
  ],
  pods: {
    template: 'spec.template',
    replicas: 'spec.replicas',
    defaultReplicas: 1,
    runtimeLabels: ['controller-revision-hash'],
    numberedNameLabels: ['statefulset.kubernetes.io/pod-name'],
    numberLabels: ['apps.kubernetes.io/pod-index'],
    selector: {
      path: 'spec.selector',
      form: 'labelSelector',
      required: true,
      defaultedIn: ['apps/v1beta1'],
    },
    governedByService: true,
    numbered: { start: 'spec.ordinals.start', count: 'spec.replicas' },
    serves: true,
  },
  references: [{ role: 'attaches', path: 'spec', name: 'serviceName', target: { group: '', kind: 'Service' } }],
  misplaced: templateMisplaced,
});
