import { defineKind } from './define';

/** argoproj.io Rollout: a template of its own, or that of the Deployment in workloadRef; it steers two Services. */
export const rollout = defineKind({
  group: 'argoproj.io',
  kind: 'Rollout',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.template',
    replicas: 'spec.replicas',
    defaultReplicas: 1,
    runtimeLabels: ['rollouts-pod-template-hash', 'pod-template-hash'],
    selector: { path: 'spec.selector', form: 'labelSelector', required: false },
    serves: true,
  },
  references: [
    {
      role: 'targets',
      path: 'spec.workloadRef',
      name: 'name',
      target: { group: 'apps', kind: 'Deployment' },
    },
    ...['spec.strategy.canary', 'spec.strategy.blueGreen'].flatMap((path) =>
      ['stableService', 'canaryService', 'activeService', 'previewService'].map((name) => ({
        role: 'attaches' as const,
        path,
        name,
        target: { group: '', kind: 'Service' },
      })),
    ),
  ],
});
