import { defineKind } from './define';
import { authorityReference, gatewayGroup, target } from './gateway-references';
import type { ReferenceSpec } from './define';

/** The Service that TLS is spoken to, and the name of one of its ports. */
function policyTarget(path: string): ReferenceSpec {
  return { role: 'applies', path, name: 'name', port: ['sectionName'], target: target({ group: '', kind: 'Service' }) };
}

/** gateway.networking.k8s.io BackendTLSPolicy; v1alpha3 replaced targetRef and tls by targetRefs and validation. */
export const backendTlsPolicy = defineKind({
  group: gatewayGroup,
  kind: 'BackendTLSPolicy',
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    {
      apiVersion: `${gatewayGroup}/v1alpha2`,
      deprecatedIn: '1.1',
      removedIn: '1.1',
      replacement: `${gatewayGroup}/v1alpha3`,
      releasedBy: 'Gateway API',
    },
  ],
  references: [
    policyTarget('spec.targetRefs.*'),
    policyTarget('spec.targetRef'),
    authorityReference('spec.validation.caCertificateRefs.*'),
    authorityReference('spec.tls.caCertRefs.*'),
  ],
});
