/** Small worlds of namespaces, nodes, pods and policies as plain objects of the API. */

export type Labels = Readonly<Record<string, string>>;

export interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Expression[];
}

export interface Namespace {
  readonly kind: 'Namespace';
  readonly name: string;
  readonly labels: Labels;
}

export interface Port {
  readonly name: string;
  readonly protocol: string;
  readonly containerPort: number;
}

export interface Node {
  readonly name: string;
  readonly labels: Labels;
}

/** A Pod, or a Deployment of two pods. */
export interface Pod {
  readonly kind: 'Pod' | 'Deployment';
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** Of containers that run as long as the pod. */
  readonly ports: readonly Port[];
  /** Of a container that ends before the others start. */
  readonly initPorts: readonly Port[];
  readonly hostNetwork: boolean;
  readonly node: Node | undefined;
  /** Of either family; a Deployment has none, and not every Pod. */
  readonly ip: string | undefined;
}

export interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }[];
}

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly name: string;
  /** Absent: all pods. */
  readonly podSelector: LabelSelector | undefined;
  readonly policyTypes: readonly string[] | undefined;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

/** Either `namespaces` alone, both `namespaces` and `pods`, `networks`, `nodes` or `domainNames`. */
export interface ClusterPeer {
  readonly namespaces?: LabelSelector;
  readonly pods?: LabelSelector;
  readonly networks?: readonly string[];
  readonly nodes?: LabelSelector;
  readonly domainNames?: readonly string[];
}

/** A name, numbers, or neither: all ports of the protocol. */
export interface ClusterPort {
  readonly protocol?: string;
  readonly first?: number;
  readonly last?: number;
  readonly name?: string;
}

export interface ClusterRule {
  readonly action: 'Allow' | 'Deny' | 'Pass';
  readonly peers: readonly ClusterPeer[];
  readonly ports: readonly ClusterPort[];
}

export interface ClusterPolicy {
  readonly kind: 'ClusterPolicy';
  readonly api: 'v1alpha1' | 'v1alpha2';
  readonly tier: 'Admin' | 'Baseline';
  readonly name: string;
  /** Lower ones come first. The one BaselineAdminNetworkPolicy has none. */
  readonly priority: number;
  readonly subject: ClusterPeer;
  readonly ingress: readonly ClusterRule[];
  readonly egress: readonly ClusterRule[];
}

export type Policy = NetworkPolicy | ClusterPolicy;

export interface World {
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly policies: readonly Policy[];
}
