import { defineKind } from './define';
import { gatewayGroup, routeTable } from './gateway-references';

/** gateway.networking.k8s.io TLSRoute; v1 since Gateway API 1.5. */
export const tlsRoute = defineKind({
  ...routeTable,
  kind: 'TLSRoute',
  oldApis: [
    {
      apiVersion: `${gatewayGroup}/v1alpha2`,
      deprecatedIn: '1.5',
      removedIn: '1.5',
      replacement: `${gatewayGroup}/v1`,
      releasedBy: 'Gateway API',
    },
  ],
});
