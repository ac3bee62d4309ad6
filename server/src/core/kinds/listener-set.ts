import { defineKind } from './define';
import { gatewayGroup, listenerSetTable } from './gateway-references';

/** gateway.networking.k8s.io ListenerSet: listeners that another team adds to a Gateway. */
export const listenerSet = defineKind({ ...listenerSetTable, group: gatewayGroup, kind: 'ListenerSet' });
