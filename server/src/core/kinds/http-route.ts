import { defineKind } from './define';
import { firstBetas, routeTable } from './gateway-references';

/** gateway.networking.k8s.io HTTPRoute. */
export const httpRoute = defineKind({
  ...routeTable,
  kind: 'HTTPRoute',
  oldApis: firstBetas,
  misplaced: [
    { under: 'spec', field: 'backendRefs', hint: 'the backends of a route belong to a rule: spec.rules[].backendRefs' },
    { under: 'spec', field: 'matches', hint: 'the matches of a route belong to a rule: spec.rules[].matches' },
    {
      under: 'spec.rules.*',
      field: 'hostnames',
      hint: 'the hostnames of a route stand beside its rules: spec.hostnames',
    },
  ],
});
