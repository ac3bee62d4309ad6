import { defineKind } from './define';

/** monitoring.coreos.com PodMonitor: Prometheus scrapes the pods it selects, on ports that they declare. */
export const podMonitor = defineKind({
  group: 'monitoring.coreos.com',
  kind: 'PodMonitor',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  selectors: [
    {
      role: 'monitors',
      selects: 'pods',
      path: 'spec.selector',
      form: 'labelSelector',
      empty: 'everything',
      absent: 'everything',
      namespaces: 'spec.namespaceSelector',
    },
  ],
  scrapes: [
    {
      path: 'spec.podMetricsEndpoints.*',
      ports: ['port', 'portNumber', 'targetPort'].map((field) => ({ field, of: 'pod' as const })),
    },
  ],
});
