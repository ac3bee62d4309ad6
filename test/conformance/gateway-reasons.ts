/** What a controller writes into the status, from our states (Gateway API RouteConditionReason, ListenerConditionReason). */
import type { BackendState } from '../../server/src/core/network/gateway-backends';
import type { ListenerStatus } from '../../server/src/core/network/gateway-status';

/** The reason of a backend that is not resolved; other kinds than Services are unknown to the conformance tests. */
export const backendReasons: Readonly<Record<BackendState, string | undefined>> = {
  resolved: undefined,
  unknown: undefined,
  'other-kind': 'InvalidKind',
  'not-granted': 'RefNotPermitted',
  missing: 'BackendNotFound',
  'no-port': 'BackendNotFound',
};

export function listenerReasons({ conflict, unresolved }: ListenerStatus): string | undefined {
  return conflict?.reason ?? unresolved;
}
