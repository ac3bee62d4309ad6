import type { Draft } from '../finding';
import type { Field } from '../path';
import { groupKindKey } from '../resource';
import { calicoNode, calicoPool } from './cluster-checks/calico';
import { flannelSubnets } from './cluster-checks/flannel-subnets';
import { kindNetworking } from './cluster-checks/kind';
import { kubeadmNetworking } from './cluster-checks/kubeadm';
import { defineRule } from './define';

/** By group and kind: the tools have kinds of their own. */
const checks: Readonly<Record<string, (tree: Field) => Iterable<Draft>>> = {
  '/ConfigMap': flannelSubnets,
  'apps/DaemonSet': calicoNode,
  'crd.projectcalico.org/IPPool': calicoPool,
  'kind.sigs.k8s.io/Cluster': kindNetworking,
  'kind.x-k8s.io/Cluster': kindNetworking,
  'kubeadm.k8s.io/ClusterConfiguration': kubeadmNetworking,
  'projectcalico.org/IPPool': calicoPool,
};

/** What the tools that set a cluster up refuse, apart from texts that are no address (invalid-cidr). */
export const invalidClusterNetwork = defineRule({
  id: 'invalid-cluster-network',
  summary: 'The address ranges of a cluster are refused by kubeadm, kind, Calico or flannel',
  levels: ['error', 'hint'],
  *resource({ resource, tree }) {
    yield* checks[groupKindKey(resource)]?.(tree) ?? [];
  },
});
