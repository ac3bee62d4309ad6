import { defineKind } from './define';

/** monitoring.coreos.com Probe: a prober asks static targets, or the hosts of the Ingresses it selects. */
export const probe = defineKind({
  group: 'monitoring.coreos.com',
  kind: 'Probe',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  selectors: [
    {
      role: 'monitors',
      selects: 'ingresses',
      path: 'spec.targets.ingress.selector',
      form: 'labelSelector',
      empty: 'everything',
      absent: 'nothing',
      namespaces: 'spec.targets.ingress.namespaceSelector',
    },
  ],
});
