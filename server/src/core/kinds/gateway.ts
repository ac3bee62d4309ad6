import { defineKind } from './define';
import {
  authorityReference,
  classReference,
  firstBetas,
  gatewayGroup,
  parametersReference,
  secretReference,
} from './gateway-references';

/** gateway.networking.k8s.io Gateway. */
export const gateway = defineKind({
  group: gatewayGroup,
  kind: 'Gateway',
  layer: 'edge',
  nameRule: 'dns1123Subdomain',
  oldApis: firstBetas,
  gatewayApi: 'gateway',
  references: [
    classReference,
    secretReference('spec.listeners.*.tls.certificateRefs.*'),
    secretReference('spec.tls.backend.clientCertificateRef'),
    secretReference('spec.backendTLS.clientCertificateRef'),
    authorityReference('spec.listeners.*.tls.frontendValidation.caCertificateRefs.*'),
    authorityReference('spec.tls.frontend.default.validation.caCertificateRefs.*'),
    authorityReference('spec.tls.frontend.perPort.*.tls.validation.caCertificateRefs.*'),
    parametersReference('spec.infrastructure.parametersRef'),
  ],
  misplaced: [
    { under: 'spec', field: 'servers', hint: 'servers belong to a Gateway of networking.istio.io' },
    { under: 'spec', field: 'selector', hint: 'a selector belongs to a Gateway of networking.istio.io' },
    { under: 'spec', field: 'rules', hint: 'rules belong to a route, such as an HTTPRoute' },
  ],
});
