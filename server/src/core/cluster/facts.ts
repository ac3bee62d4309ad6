/** What manifests and configuration files say about the addresses of a cluster, with the place of every word. */
import type { Cidr, Family } from '../cidr';
import type { Range } from '../ranges';
import type { Scalar, Span } from '../value';

/** What the addresses of a range are for. */
export type RangeUse = 'pods' | 'services' | 'nodes' | 'loadBalancers' | 'bridge';

/** As people are told: addresses for ... */
export const useWords: Readonly<Record<RangeUse, string>> = {
  pods: 'pods',
  services: 'Services',
  nodes: 'nodes',
  loadBalancers: 'load balancers',
  bridge: 'Docker networks',
};

/**
 * Who takes or gives addresses by a declaration. `plan`: what the control plane is set up with (kubeadm, kind, k3s, flags
 * of the API server and the controller manager). `node`: the range of one node. `machine`: an address of one node.
 */
export type RangeSource =
  | 'plan'
  | 'flannel'
  | 'calico-pool'
  | 'calico-operator'
  | 'calico-node'
  | 'cilium'
  | 'kube-proxy'
  | 'node'
  | 'machine'
  | 'load-balancer'
  | 'docker';

/** A declared range of addresses. */
export interface AddressRange {
  readonly use: RangeUse;
  readonly source: RangeSource;
  /** The range as written, one item of a list; for a range that nobody wrote, the tool's own value. */
  readonly text: Scalar;
  /** The name of the field or flag, as people call it: `podSubnet`, `--cluster-cidr`. */
  readonly field: string;
  readonly path: string;
  /** `cidr`: a block; `address`: one address; `range`: a block, or two addresses with a dash. */
  readonly form: 'cidr' | 'address' | 'range';
  readonly family: Family | undefined;
  readonly cidr: Cidr | undefined;
  /** Undefined when the text is no range. */
  readonly range: Range | undefined;
  /** Nobody wrote it: the tool takes it when nothing is written. */
  readonly implied: boolean;
  /** The prefix length of what each node gets of it; in Calico, of a block of which a node may get several. */
  readonly nodePrefix: number | undefined;
  /** A node may take more than one such part. */
  readonly blocks: boolean;
}

/** What sets a cluster up. */
export type Tool = 'kubeadm' | 'kind' | 'k3s' | 'k3d' | 'cluster-api';

export interface Plan {
  readonly tool: Tool;
  /** A range for pods is written. */
  readonly hasPods: boolean;
  /** The network that the tool installs by itself; undefined when it installs none, or was told not to. */
  readonly defaultCni: CniName | undefined;
  /** Nodes that the file lists; undefined where it lists none. */
  readonly nodes: number | undefined;
}

export type CniName =
  | 'flannel'
  | 'calico'
  | 'cilium'
  | 'kindnet'
  | 'weave'
  | 'antrea'
  | 'kube-router'
  | 'kube-network-policies'
  | 'kube-ovn';

/** How packets between nodes travel. `native`: routed by the network of the nodes; `bgp`: by routes that nodes announce. */
export type Transport =
  | 'vxlan'
  | 'host-gw'
  | 'udp'
  | 'wireguard'
  | 'ipip'
  | 'bgp'
  | 'native'
  | 'geneve'
  | 'ipsec'
  | 'cloud'
  | 'none'
  | 'unknown';

/** Something that makes pods reach each other, or holds their policies. */
export interface Cni {
  readonly name: CniName;
  /** It carries packets; false for what only holds policies. */
  readonly carries: boolean;
  /** It holds NetworkPolicies. */
  readonly enforces: boolean;
  readonly transport: Transport | undefined;
  /** Nodes of one subnet send to each other without the tunnel. */
  readonly crossSubnet: boolean;
  /** The word that chooses the transport. */
  readonly mode: Scalar | undefined;
  readonly at: Span;
}

/** What flannel's net-conf.json says. */
export interface FlannelConfig {
  readonly backend: Scalar | undefined;
  readonly enableIPv6: boolean;
  /** The place that stands for the configuration. */
  readonly at: Span;
}

export interface DnsFacts {
  /** Addresses that the kubelet gives to pods as their name server. */
  readonly servers: readonly Scalar[];
  /** Addresses of the cluster's DNS Service. */
  readonly service: readonly Scalar[];
  /** Domains of the cluster, each with what says it (`dnsDomain`, `clusterDomain`, `Corefile zone`). */
  readonly domains: readonly { readonly text: Scalar; readonly field: string; readonly path: string }[];
}

/** A mode of an encapsulation of a Calico pool; `on` when packets are wrapped at all. */
export interface Encapsulation {
  readonly ipip: Scalar;
  readonly vxlan: Scalar;
  readonly path: string;
}

/** What one object says about the network of its cluster. */
export interface ClusterFacts {
  readonly ranges: readonly AddressRange[];
  readonly plan: Plan | undefined;
  readonly cnis: readonly Cni[];
  readonly flannel: FlannelConfig | undefined;
  /** Pools that ask for both encapsulations. */
  readonly bothEncapsulations: readonly Encapsulation[];
  readonly dns: DnsFacts | undefined;
  /** The most pods that a node takes (KubeletConfiguration.maxPods). */
  readonly maxPods: Scalar | undefined;
}

/** Facts that say nothing; readers fill in what they find. */
export const noFacts: ClusterFacts = {
  ranges: [],
  plan: undefined,
  cnis: [],
  flannel: undefined,
  bothEncapsulations: [],
  dns: undefined,
  maxPods: undefined,
};

/** The facts of several parts of one object, the first that says something for what can be said once. */
export function joinFacts(parts: readonly ClusterFacts[]): ClusterFacts {
  const dns = parts.flatMap((part) => part.dns ?? []);
  return {
    ranges: parts.flatMap((part) => part.ranges),
    plan: parts.find((part) => part.plan)?.plan,
    cnis: parts.flatMap((part) => part.cnis),
    flannel: parts.find((part) => part.flannel)?.flannel,
    bothEncapsulations: parts.flatMap((part) => part.bothEncapsulations),
    dns:
      dns.length === 0
        ? undefined
        : {
            servers: dns.flatMap(({ servers }) => servers),
            service: dns.flatMap(({ service }) => service),
            domains: dns.flatMap(({ domains }) => domains),
          },
    maxPods: parts.find((part) => part.maxPods)?.maxPods,
  };
}
