/** What the tools take when a configuration says nothing. */
import { addressAt, parseCidr } from '../cidr';

/** kubeadm (v1beta4 defaults.go): no pod range; the DNS Service gets the tenth address of the Service range. */
export const kubeadmDefaults = {
  serviceSubnet: '10.96.0.0/12',
  podSubnet: null,
  dnsDomain: 'cluster.local',
  nodeMask: { 4: 24, 6: 64 },
  bindPort: 6443,
} as const;

/** kind (pkg/internal/apis/config/default.go), by ipFamily. */
export const kindDefaults = {
  ipv4: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16' },
  ipv6: { podSubnet: 'fd00:10:244::/56', serviceSubnet: 'fd00:10:96::/112' },
  dual: { podSubnet: '10.244.0.0/16,fd00:10:244::/56', serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' },
  kubeProxyMode: 'iptables',
} as const;

/** k3s (documentation of the server's flags); k3d runs k3s. */
export const k3sDefaults = {
  clusterCidr: '10.42.0.0/16',
  serviceCidr: '10.43.0.0/16',
  clusterDns: '10.43.0.10',
  clusterDomain: 'cluster.local',
  flannelBackend: 'vxlan',
} as const;

/** minikube's own flags: --service-cluster-ip-range, and the pod range it gives to kubeadm. */
export const minikubeDefaults = {
  podCIDR: '10.244.0.0/16',
  serviceClusterIPRange: '10.96.0.0/12',
  dnsDomain: 'cluster.local',
} as const;

/** flannel (Documentation/configuration.md, backends.md); a net-conf.json without a Backend means udp. */
export const flannelDefaults = {
  EnableIPv4: true,
  EnableIPv6: false,
  SubnetLen: 24,
  IPv6SubnetLen: 64,
  backendType: 'vxlan',
  ports: { vxlan: 8472, udp: 8285, wireguard: 51820, wireguardV6: 51821 },
  vni: 1,
} as const;

/** calico-node (node/pkg/lifecycle/startup) and pools without these fields. */
export const calicoDefaults = {
  ipv4Pool: '192.168.0.0/16',
  blockSize: { 4: 26, 6: 122 },
  natOutgoing: { 4: true, 6: false },
  nodeSelector: 'all()',
  poolName: { 4: 'default-ipv4-ippool', 6: 'default-ipv6-ippool' },
} as const;

/** Cilium's Helm chart: ipam.operator. */
export const ciliumDefaults = { ipv4Pool: '10.0.0.0/8', ipv4Mask: 24, ipv6Mask: 120 } as const;

/** KubeletConfiguration.maxPods. */
export const kubeletMaxPods = 110;

/** kube-apiserver's flags; it does not start without a Service range. */
export const apiServerDefaults = { serviceRange: null, nodePortRange: '30000-32767' } as const;

/** The address that kubeadm and k3s give to the DNS Service: the tenth of the Service range. */
export function dnsAddressOf(serviceRange: string): string | undefined {
  return addressIn(serviceRange, 10n);
}

/** The address that the API server takes for its own Service: the first of the Service range. */
export function apiServerAddressOf(serviceRange: string): string | undefined {
  return addressIn(serviceRange, 1n);
}

function addressIn(range: string, at: bigint): string | undefined {
  const cidr = parseCidr(range);
  return cidr && addressAt(cidr.range.first + at).text;
}
