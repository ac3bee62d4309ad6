import { defineKind } from './define';

const selector = {
  role: 'targets',
  selects: 'pods',
  path: 'spec.selector',
  form: 'labelSelector',
  absent: 'nothing',
} as const;

/** policy PodDisruptionBudget. An empty selector covers all pods of the namespace in policy/v1, and none in policy/v1beta1. */
export const podDisruptionBudget = defineKind({
  group: 'policy',
  kind: 'PodDisruptionBudget',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  oldApis: [{ apiVersion: 'policy/v1beta1', deprecatedIn: '1.21', removedIn: '1.25', replacement: 'policy/v1' }],
  selectors: [
    { ...selector, empty: 'everything', apiVersions: ['policy/v1'] },
    { ...selector, empty: 'nothing', apiVersions: ['policy/v1beta1'] },
  ],
});
