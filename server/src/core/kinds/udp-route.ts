import { defineKind } from './define';
import { routeTable } from './gateway-references';

/** gateway.networking.k8s.io UDPRoute. */
export const udpRoute = defineKind({ ...routeTable, kind: 'UDPRoute' });
