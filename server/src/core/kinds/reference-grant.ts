import { defineKind } from './define';
import { gatewayGroup, removedInOnePointTwo } from './gateway-references';

/** gateway.networking.k8s.io ReferenceGrant: who may point into its namespace. */
export const referenceGrant = defineKind({
  group: gatewayGroup,
  kind: 'ReferenceGrant',
  listed: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: removedInOnePointTwo('0.6', 'v1beta1'),
  gatewayApi: 'grant',
});
