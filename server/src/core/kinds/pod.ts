import { defineKind } from './define';

/** core/v1 Pod: its own labels are what selectors see. */
export const pod = defineKind({
  group: '',
  kind: 'Pod',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: { template: '', defaultReplicas: 1, runtimeLabels: [], serves: true },
  misplaced: [
    { under: 'spec', field: 'replicas', hint: 'a Pod is one pod; replicas belong to a Deployment' },
    { under: 'spec', field: 'selector', hint: 'a Pod has labels; selectors belong to a Service or a Deployment' },
    { under: 'spec', field: 'ports', hint: 'ports belong to a container: spec.containers[].ports' },
  ],
});
