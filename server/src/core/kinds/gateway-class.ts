import { defineKind } from './define';
import { firstBetas, gatewayGroup, parametersReference } from './gateway-references';

/** gateway.networking.k8s.io GatewayClass. */
export const gatewayClass = defineKind({
  group: gatewayGroup,
  kind: 'GatewayClass',
  clusterScoped: true,
  listed: true,
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  oldApis: firstBetas,
  references: [parametersReference('spec.parametersRef')],
});
