import { defineKind } from './define';
import { monitored } from './monitored';

/**
 * monitoring.coreos.com ServiceMonitor: Prometheus scrapes the endpoints of the Services it selects, on the Service port of
 * a name, else on a port of the pods that they declare by name or number.
 */
export const serviceMonitor = defineKind({
  group: 'monitoring.coreos.com',
  kind: 'ServiceMonitor',
  layer: 'policy',
  nameRule: 'dns1123Subdomain',
  selectors: [monitored('services')],
  scrapes: [
    {
      path: 'spec.endpoints.*',
      ports: [
        { field: 'port', of: 'service' },
        { field: 'targetPort', of: 'pod' },
      ],
    },
  ],
});
