import { defineKind } from './define';

/** policy PodDisruptionBudget. In policy/v1 an empty selector covers all pods of the namespace; an absent one covers none. */
export const podDisruptionBudget = defineKind({
  group: 'policy',
  kind: 'PodDisruptionBudget',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  oldApis: [{ apiVersion: 'policy/v1beta1', deprecatedIn: '1.21', removedIn: '1.25', replacement: 'policy/v1' }],
  selectors: [
    {
      role: 'targets',
      selects: 'pods',
      path: 'spec.selector',
      form: 'labelSelector',
      empty: 'everything',
      absent: 'nothing',
    },
  ],
});
