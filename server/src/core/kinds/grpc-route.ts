import { defineKind } from './define';
import { removedInOnePointTwo, routeTable } from './gateway-references';

/** gateway.networking.k8s.io GRPCRoute. */
export const grpcRoute = defineKind({ ...routeTable, kind: 'GRPCRoute', oldApis: removedInOnePointTwo('1.1', 'v1') });
