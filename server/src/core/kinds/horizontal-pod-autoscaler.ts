import { field, textAt } from '../path';
import { defineKind } from './define';
import { groupOf } from './groups';

/** autoscaling HorizontalPodAutoscaler: while it scales a workload, the manifest's replicas are only a start. */
export const horizontalPodAutoscaler = defineKind({
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'autoscaling/v2beta1', deprecatedIn: '1.22', removedIn: '1.25', replacement: 'autoscaling/v2' },
    { apiVersion: 'autoscaling/v2beta2', deprecatedIn: '1.23', removedIn: '1.26', replacement: 'autoscaling/v2' },
  ],
  references: [
    {
      role: 'targets',
      path: 'spec.scaleTargetRef',
      name: 'name',
      target: (at) => {
        const kind = textAt(field(at, 'kind'));
        return kind ? { group: groupOf(textAt(field(at, 'apiVersion')) ?? ''), kind } : undefined;
      },
    },
  ],
});
