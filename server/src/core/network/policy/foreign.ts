/** Policies and networks that are not evaluated: what they allow or deny is not in any list of connections. */
import type { Resource } from '../../resource';
import { groupKindKey } from '../../resource';

const kinds: ReadonlySet<string> = new Set([
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  // Policies of secondary networks, and networks beside the cluster's.
  'k8s.cni.cncf.io/MultiNetworkPolicy',
  'k8s.ovn.org/UserDefinedNetwork',
  'k8s.ovn.org/ClusterUserDefinedNetwork',
]);

/** Objects of APIs that are no part of Kubernetes and have a say in who may talk to whom. */
export function notEvaluated(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter((resource) => kinds.has(groupKindKey(resource)));
}
