import { defineKind } from './define';
import { monitored } from './monitored';

/** monitoring.coreos.com Probe: a prober asks static targets, or the hosts of the Ingresses it selects. */
export const probe = defineKind({
  group: 'monitoring.coreos.com',
  kind: 'Probe',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  selectors: [monitored('ingresses', 'spec.targets.ingress', 'nothing')],
});
