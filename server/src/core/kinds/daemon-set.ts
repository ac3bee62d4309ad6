import { defineKind } from './define';
import { templateMisplaced } from './misplaced';

/** apps/v1 DaemonSet: one pod a node, so the number of pods is not in the manifest. */
export const daemonSet = defineKind({
  group: 'apps',
  kind: 'DaemonSet',
  olderGroups: ['extensions'],
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'extensions/v1beta1', deprecatedIn: '1.8', removedIn: '1.16', replacement: 'apps/v1' },
    { apiVersion: 'apps/v1beta2', deprecatedIn: '1.9', removedIn: '1.16', replacement: 'apps/v1' },
  ],
  pods: {
    template: 'spec.template',
    defaultReplicas: undefined,
    runtimeLabels: ['controller-revision-hash', 'pod-template-generation'],
    selector: {
      path: 'spec.selector',
      form: 'labelSelector',
      required: true,
      defaultedIn: ['extensions/v1beta1'],
    },
    serves: true,
  },
  misplaced: [
    ...templateMisplaced,
    { under: 'spec', field: 'replicas', hint: 'a DaemonSet runs one pod on every node and has no replicas' },
  ],
});
