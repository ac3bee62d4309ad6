import type { MisplacedField } from './define';

/** What people write on a workload that belongs to its pod template, for all kinds with `spec.template`. */
export const templateMisplaced: readonly MisplacedField[] = [
  { under: 'spec', field: 'containers', hint: 'containers belong to the pod template: spec.template.spec.containers' },
  {
    under: 'spec',
    field: 'ports',
    hint: 'ports belong to a container (spec.template.spec.containers[].ports) or to a Service',
  },
  {
    under: 'spec',
    field: 'hostNetwork',
    hint: 'hostNetwork belongs to the pod template: spec.template.spec.hostNetwork',
  },
  {
    under: 'spec.template',
    field: 'containers',
    hint: 'containers belong to the template spec: spec.template.spec.containers',
  },
  {
    under: 'spec.template',
    field: 'labels',
    hint: 'labels belong to the template metadata: spec.template.metadata.labels',
  },
  { under: '', field: 'labels', hint: 'labels belong to metadata: metadata.labels' },
];
