import { defineKind } from './define';

/** serving.knative.dev Service: a workload that makes Services of its own; not a core Service. */
export const knativeService = defineKind({
  group: 'serving.knative.dev',
  kind: 'Service',
  layer: 'workload',
  nameRule: 'dns1035Label',
  makesServices: true,
  pods: {
    template: 'spec.template',
    defaultReplicas: undefined,
    // Knative also writes `app`, but nobody selects by it: its value is the name of a revision.
    runtimeLabels: ['serving.knative.dev/revision'],
    ownNameLabels: ['serving.knative.dev/service', 'serving.knative.dev/configuration'],
    serves: true,
  },
});
