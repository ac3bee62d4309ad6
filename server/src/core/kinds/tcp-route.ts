import { defineKind } from './define';
import { routeTable } from './gateway-references';

/** gateway.networking.k8s.io TCPRoute. */
export const tcpRoute = defineKind({ ...routeTable, kind: 'TCPRoute' });
