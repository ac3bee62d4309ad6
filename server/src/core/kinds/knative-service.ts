import { defineKind } from './define';

/** serving.knative.dev Service: a workload that makes Services of its own; not a core Service. */
export const knativeService = defineKind({
  group: 'serving.knative.dev',
  kind: 'Service',
  layer: 'workload',
  nameRule: 'dns1035Label',
  pods: {
    template: 'spec.template',
    defaultReplicas: undefined,
    runtimeLabels: [
      'serving.knative.dev/service',
      'serving.knative.dev/configuration',
      'serving.knative.dev/revision',
      'app',
    ],
    serves: true,
  },
});
