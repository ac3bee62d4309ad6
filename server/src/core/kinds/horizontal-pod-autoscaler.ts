import { defineKind } from './define';
import { scaleTarget } from './scale-target';

/** autoscaling HorizontalPodAutoscaler: while it scales a workload, the manifest's replicas are only a start. */
export const horizontalPodAutoscaler = defineKind({
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    { apiVersion: 'autoscaling/v2beta1', deprecatedIn: '1.22', removedIn: '1.25', replacement: 'autoscaling/v2' },
    { apiVersion: 'autoscaling/v2beta2', deprecatedIn: '1.23', removedIn: '1.26', replacement: 'autoscaling/v2' },
  ],
  references: [{ role: 'targets', path: 'spec.scaleTargetRef', name: 'name', target: scaleTarget }],
});
