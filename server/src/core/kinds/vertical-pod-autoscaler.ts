import { defineKind } from './define';
import { scaleTarget } from './scale-target';

/** autoscaling.k8s.io VerticalPodAutoscaler: sets what the pods of its target request. */
export const verticalPodAutoscaler = defineKind({
  group: 'autoscaling.k8s.io',
  kind: 'VerticalPodAutoscaler',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  references: [{ role: 'targets', path: 'spec.targetRef', name: 'name', target: scaleTarget }],
});
