import { defineKind } from './define';

/** keda.sh ScaledJob: makes Jobs of its template. */
export const scaledJob = defineKind({
  group: 'keda.sh',
  kind: 'ScaledJob',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.jobTargetRef.template',
    defaultReplicas: undefined,
    runtimeLabels: ['batch.kubernetes.io/job-name', 'job-name', 'controller-uid', 'batch.kubernetes.io/controller-uid'],
    serves: false,
  },
});
