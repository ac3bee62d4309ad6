/** What the tools of clusters take where nothing is written. */
import * as defaults from '../../server/src/core/cluster/defaults';
import type { Case, Outcome } from './family';
import { compare } from './family';

/** What our tables hold, by the names that the cases use. */
const known: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  kubeadm: {
    serviceSubnet: defaults.kubeadmDefaults.serviceSubnet,
    podSubnet: defaults.kubeadmDefaults.podSubnet,
    dnsDomain: defaults.kubeadmDefaults.dnsDomain,
    nodeCIDRMaskIPv4: defaults.kubeadmDefaults.nodeMask[4],
    nodeCIDRMaskIPv6: defaults.kubeadmDefaults.nodeMask[6],
    clusterDNS: defaults.dnsAddressOf(defaults.kubeadmDefaults.serviceSubnet),
    apiServerService: defaults.apiServerAddressOf(defaults.kubeadmDefaults.serviceSubnet),
    bindPort: defaults.kubeadmDefaults.bindPort,
  },
  'kind-ipv4': { ...defaults.kindDefaults.ipv4, kubeProxyMode: defaults.kindDefaults.kubeProxyMode },
  'kind-ipv6': { ...defaults.kindDefaults.ipv6, kubeProxyMode: defaults.kindDefaults.kubeProxyMode },
  'kind-dual': { ...defaults.kindDefaults.dual, kubeProxyMode: defaults.kindDefaults.kubeProxyMode },
  minikube: {
    podCIDR: defaults.minikubeDefaults.podCIDR,
    serviceClusterIPRange: defaults.minikubeDefaults.serviceClusterIPRange,
    dnsDomain: defaults.minikubeDefaults.dnsDomain,
  },
  k3s: {
    'cluster-cidr': defaults.k3sDefaults.clusterCidr,
    'service-cidr': defaults.k3sDefaults.serviceCidr,
    'cluster-dns': defaults.k3sDefaults.clusterDns,
    'cluster-domain': defaults.k3sDefaults.clusterDomain,
    'flannel-backend': defaults.k3sDefaults.flannelBackend,
    'service-node-port-range': defaults.apiServerDefaults.nodePortRange,
  },
  flannel: {
    EnableIPv4: defaults.flannelDefaults.EnableIPv4,
    EnableIPv6: defaults.flannelDefaults.EnableIPv6,
    SubnetLen: defaults.flannelDefaults.SubnetLen,
    IPv6SubnetLen: defaults.flannelDefaults.IPv6SubnetLen,
    'Backend.Type': defaults.flannelDefaults.backendType,
    'vxlan.VNI': defaults.flannelDefaults.vni,
    'vxlan.Port': defaults.flannelDefaults.ports.vxlan,
    'udp.Port': defaults.flannelDefaults.ports.udp,
    'wireguard.ListenPort': defaults.flannelDefaults.ports.wireguard,
    'wireguard.ListenPortV6': defaults.flannelDefaults.ports.wireguardV6,
  },
  'calico-node': {
    CALICO_IPV4POOL_CIDR: defaults.calicoDefaults.ipv4Pool,
    blockSizeIPv4: defaults.calicoDefaults.blockSize[4],
    blockSizeIPv6: defaults.calicoDefaults.blockSize[6],
    natOutgoingIPv4: defaults.calicoDefaults.natOutgoing[4],
    natOutgoingIPv6: defaults.calicoDefaults.natOutgoing[6],
    nodeSelector: defaults.calicoDefaults.nodeSelector,
    poolName: defaults.calicoDefaults.poolName[4],
    poolNameIPv6: defaults.calicoDefaults.poolName[6],
  },
  'kube-apiserver': {
    'service-cluster-ip-range': defaults.apiServerDefaults.serviceRange,
    'service-node-port-range': defaults.apiServerDefaults.nodePortRange,
  },
  cilium: {
    'cluster-pool-ipv4-cidr': defaults.ciliumDefaults.ipv4Pool,
    'cluster-pool-ipv4-mask-size': defaults.ciliumDefaults.ipv4Mask,
    'cluster-pool-ipv6-mask-size': defaults.ciliumDefaults.ipv6Mask,
  },
};

/** The values of a tool, named by the last part of the case's id. */
export function ofTool(item: Case): Outcome {
  const tool = item.id.slice(item.id.lastIndexOf('/') + 1);
  const table = known[tool];
  if (!table) return { notApplicable: `nothing of ours asks for the defaults of ${tool}` };
  const want = item['expected'] as Readonly<Record<string, unknown>>;
  return compare(want, Object.fromEntries(Object.keys(want).map((key) => [key, table[key]])));
}
