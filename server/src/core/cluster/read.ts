/** Which objects and files say something about the addresses of a cluster, and who reads them. */
import { embedded } from './embedded';
import type { Field } from '../path';
import { field, root, scalarAt, textAt } from '../path';
import type { Value } from '../value';
import { readFelixConfiguration, readInstallation, readIPPool } from './calico';
import { readCiliumConfig, readCiliumNode, readCiliumPodPool, readCiliumValues, readLoadBalancerPool } from './cilium';
import { readComponents } from './components';
import { readCorefile, readDnsService } from './dns';
import { readCompose, readDaemon } from './docker';
import type { ClusterFacts } from './facts';
import { joinFacts } from './facts';
import { readFlannelValues, readNetConf } from './flannel';
import { foreignGroup, foreignKinds } from './foreign';
import { readK3d, readK3s } from './k3s';
import { readKind } from './kind';
import {
  readClusterApi,
  readClusterConfiguration,
  readNodeConfiguration,
  readKubeletConfiguration,
  readKubeProxyConfiguration,
  readRangeObject,
} from './kubeadm';
import { readNode } from './nodes';

type Reader = (tree: Field) => ClusterFacts | undefined;

/** By API group and kind. */
const readers: Readonly<Record<string, Reader>> = {
  '/ConfigMap': readConfigMap,
  '/Node': readNode,
  '/Pod': (tree) => readComponents(tree, 'Pod'),
  '/Service': readDnsService,
  'apps/DaemonSet': (tree) => readComponents(tree, 'DaemonSet'),
  'apps/Deployment': (tree) => readComponents(tree, 'Deployment'),
  'cilium.io/CiliumLoadBalancerIPPool': readLoadBalancerPool,
  'cilium.io/CiliumNode': readCiliumNode,
  'cilium.io/CiliumPodIPPool': readCiliumPodPool,
  'cluster.x-k8s.io/Cluster': readClusterApi,
  'crd.projectcalico.org/FelixConfiguration': readFelixConfiguration,
  'crd.projectcalico.org/IPPool': readIPPool,
  'k3d.io/Simple': readK3d,
  'kind.sigs.k8s.io/Cluster': readKind,
  'kind.x-k8s.io/Cluster': readKind,
  'kubeadm.k8s.io/ClusterConfiguration': readClusterConfiguration,
  'kubeadm.k8s.io/InitConfiguration': readNodeConfiguration,
  'kubeadm.k8s.io/JoinConfiguration': readNodeConfiguration,
  'kubelet.config.k8s.io/KubeletConfiguration': readKubeletConfiguration,
  'kubeproxy.config.k8s.io/KubeProxyConfiguration': readKubeProxyConfiguration,
  'metallb.io/IPAddressPool': readLoadBalancerPool,
  'networking.k8s.io/ClusterCIDR': (tree) => readRangeObject(tree, 'ClusterCIDR'),
  'networking.k8s.io/ServiceCIDR': (tree) => readRangeObject(tree, 'ServiceCIDR'),
  'operator.tigera.io/Installation': (tree) => readInstallation(field(tree, 'spec')),
  'projectcalico.org/FelixConfiguration': readFelixConfiguration,
  'projectcalico.org/IPPool': readIPPool,
  [`${foreignGroup}/${foreignKinds.compose}`]: readCompose,
  [`${foreignGroup}/${foreignKinds.daemon}`]: readDaemon,
  [`${foreignGroup}/${foreignKinds.k3s}`]: readK3s,
  [`${foreignGroup}/${foreignKinds['flannel-values']}`]: readFlannelValues,
  [`${foreignGroup}/${foreignKinds['cilium-values']}`]: readCiliumValues,
  [`${foreignGroup}/${foreignKinds['tigera-values']}`]: (tree) => readInstallation(field(tree, 'installation')),
};

/** What an object says about its cluster; undefined when it says nothing. `group` is that of today's API. */
export function readCluster(tree: Field, group: string, kind: string): ClusterFacts | undefined {
  const facts = readers[`${group}/${kind}`]?.(tree);
  // That a node is there counts, even when it has no range yet.
  return facts && (kind === 'Node' || saysSomething(facts)) ? facts : undefined;
}

function saysSomething(facts: ClusterFacts): boolean {
  const { ranges, plan, cnis, dns, maxPods } = facts;
  const hasDns = dns !== undefined && dns.servers.length + dns.service.length + dns.domains.length > 0;
  return ranges.length + cnis.length > 0 || plan !== undefined || hasDns || maxPods !== undefined;
}

/** Keys of ConfigMaps that hold such documents. */
function readConfigMap(tree: Field): ClusterFacts | undefined {
  const data = field(tree, 'data');
  if (data.value?.type !== 'map') return undefined;
  const parts: ClusterFacts[] = [];
  const name = textAt(field(tree, 'metadata', 'name'));
  const document = (key: string, read: (value: Field) => ClusterFacts | undefined) => {
    const at = field(data, key);
    const text = scalarAt(at);
    const value: Value | undefined = text && embedded(text);
    const facts = value && read({ ...root(value), path: at.path });
    if (facts) parts.push(facts);
  };
  const netConf = field(data, 'net-conf.json');
  const written = scalarAt(netConf);
  if (written) parts.push(readNetConf(written, netConf.path));
  const corefile = field(data, 'Corefile');
  const zones = scalarAt(corefile);
  if (zones && name === 'coredns') parts.push(readCorefile(zones, corefile.path));
  if (name === 'cilium-config') parts.push(readCiliumConfig(data));
  if (name === 'kubeadm-config') document('ClusterConfiguration', (value) => readClusterConfiguration(value));
  if (name === 'kube-proxy') document('config.conf', (value) => readKubeProxyConfiguration(value));
  if (name === 'kubelet-config') document('kubelet', (value) => readKubeletConfiguration(value));
  return parts.length > 0 ? joinFacts(parts) : undefined;
}
