import { defineKind } from './define';
import { experimentalGroup, listenerSetTable } from './gateway-references';

/** gateway.networking.x-k8s.io XListenerSet, as ListenerSet was called before Gateway API 1.5. */
export const xListenerSet = defineKind({
  ...listenerSetTable,
  group: experimentalGroup,
  kind: 'XListenerSet',
  oldApis: [
    {
      apiVersion: `${experimentalGroup}/v1alpha1`,
      deprecatedIn: '1.5',
      removedIn: '1.5',
      replacement: 'gateway.networking.k8s.io/v1 ListenerSet',
      releasedBy: 'Gateway API',
    },
  ],
});
