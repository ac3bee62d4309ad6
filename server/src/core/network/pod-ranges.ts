/** The pod ranges that the control plane hands out to nodes. */
import type { ClusterNetwork, DeclaredRange } from './cluster';

/** What kubeadm, kind, k3s or flags of the controller manager say; written ranges before those that tools imply. */
export function plannedPods({ pods }: ClusterNetwork): DeclaredRange[] {
  const planned = pods.filter(({ range }) => range.source === 'plan' && range.cidr);
  return [...planned.filter(({ range }) => !range.implied), ...planned.filter(({ range }) => range.implied)];
}
