import { defineKind } from './define';
import { monitored } from './monitored';

/** monitoring.coreos.com PodMonitor: Prometheus scrapes the pods it selects, on ports that they declare. */
export const podMonitor = defineKind({
  group: 'monitoring.coreos.com',
  kind: 'PodMonitor',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  selectors: [monitored('pods')],
  scrapes: [
    {
      path: 'spec.podMetricsEndpoints.*',
      ports: ['port', 'portNumber', 'targetPort'].map((field) => ({ field, of: 'pod' as const })),
    },
  ],
});
