import { defineKind } from './define';
import { templateMisplaced } from './misplaced';

/** batch/v1 Job: the control plane writes selector and labels unless manualSelector is set. */
export const job = defineKind({
  group: 'batch',
  kind: 'Job',
  layer: 'workload',
  nameRule: 'dns1123Subdomain',
  pods: {
    template: 'spec.template',
    replicas: 'spec.parallelism',
    defaultReplicas: 1,
    runtimeLabels: ['controller-uid', 'batch.kubernetes.io/controller-uid'],
    numberLabels: ['batch.kubernetes.io/job-completion-index'],
    ownNameLabels: ['job-name', 'batch.kubernetes.io/job-name'],
    selector: { path: 'spec.selector', form: 'labelSelector', required: false, onlyWith: 'spec.manualSelector' },
    serves: false,
    numbered: { count: 'spec.completions', only: ['spec.completionMode', 'Indexed'] },
  },
  misplaced: templateMisplaced,
});
