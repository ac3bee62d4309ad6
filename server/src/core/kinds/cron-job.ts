import { defineKind } from './define';

/** batch/v1 CronJob. */
export const cronJob = defineKind({
  group: 'batch',
  kind: 'CronJob',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'batch/v1beta1', deprecatedIn: '1.21', removedIn: '1.25', replacement: 'batch/v1' },
    { apiVersion: 'batch/v2alpha1', deprecatedIn: '1.8', removedIn: '1.21', replacement: 'batch/v1' },
  ],
  pods: {
    template: 'spec.jobTemplate.spec.template',
    replicas: 'spec.jobTemplate.spec.parallelism',
    defaultReplicas: 1,
    runtimeLabels: ['controller-uid', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index'],
    // Its Jobs are called after it and the minute that they are for.
    numberedNameLabels: ['job-name', 'batch.kubernetes.io/job-name'],
    serves: false,
  },
  misplaced: [
    { under: 'spec', field: 'template', hint: 'the pod template of a CronJob is spec.jobTemplate.spec.template' },
  ],
});
