/**
 * What one manifest says about the network, with the place of every word: the only thing that links, rules and
 * features of more than one resource may read. The tree of values behind it may be dropped and read again.
 */
import type { Address } from './address/facts';
import type { ClusterFacts } from './cluster/facts';
import type { GatewayFacts } from './gateway-facts';
import type { Selector } from './labels';
import type { Pods } from './pod-facts';
import type { PolicyFacts } from './policy-facts';
import type { Protocol } from './ports';
import type { Scalar, Span } from './value';

/** API group and kind; groups that the API server renamed are given by their successor. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** Names one object of a cluster. `namespace` and `name` are as written: absent where nothing (or a template) is written. */
export interface Identity extends GroupKind {
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** A pair of a label or annotation map, or one equality pair of a selector. */
export interface Label {
  readonly key: Scalar;
  readonly value: Scalar;
}

export interface ServicePort {
  readonly name: Scalar | undefined;
  readonly port: Scalar | undefined;
  readonly targetPort: Scalar | undefined;
  readonly nodePort: Scalar | undefined;
  readonly protocol: Protocol;
  readonly appProtocol: Scalar | undefined;
  readonly path: string;
  readonly at: Span;
}

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

export const serviceTypes: readonly ServiceType[] = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

/** core/v1 IPFamily. */
export type IPFamily = 'IPv4' | 'IPv6';

export const ipFamilies: readonly IPFamily[] = ['IPv4', 'IPv6'];

export interface ServiceFacts {
  readonly type: ServiceType;
  readonly headless: boolean;
  readonly clusterIPs: readonly Scalar[];
  /** As written; without them the API server chooses by clusterIPs and the cluster's own families. */
  readonly ipFamilies: readonly IPFamily[];
  /** It asks for both families where the cluster has both (ipFamilyPolicy PreferDualStack or RequireDualStack). */
  readonly dualStack: boolean;
  readonly externalName: Scalar | undefined;
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses: boolean;
  /** As written; without them the API server's: `Cluster`, and `None`. */
  readonly externalTrafficPolicy: Scalar | undefined;
  readonly sessionAffinity: Scalar | undefined;
  /** Where it is reached from outside: externalIPs, loadBalancerIP, and what a load balancer was given. */
  readonly externalAddresses: readonly Scalar[];
  /** The clients that its load balancer lets in, by loadBalancerSourceRanges or the annotation that came before it; none: all. */
  readonly sourceRanges: readonly Scalar[];
}

/** What named the clients of a load balancer before loadBalancerSourceRanges did. */
export const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** An address that stands in Endpoints or an EndpointSlice. */
export interface ManualAddress {
  readonly ip: Scalar;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly hostname: string | undefined;
  readonly target: string | undefined;
  readonly ports: readonly ManualPort[];
}

export interface ManualPort {
  readonly name: Scalar | undefined;
  readonly port: Scalar | undefined;
  readonly protocol: Protocol;
  readonly at: Span;
}

/** Endpoints made by hand or by a controller, and the Service they belong to. */
export interface ManualBackends {
  readonly service: Scalar | undefined;
  readonly addresses: readonly ManualAddress[];
  readonly ports: readonly ManualPort[];
}

/** What a selector chooses among. */
export type Selects = 'pods' | 'namespaces' | 'nodes' | 'services' | 'ingresses';

/** A selector that stands in a resource. */
export interface SelectorUse {
  readonly role: EdgeType;
  readonly selects: Selects;
  readonly selector: Selector;
  /** Its equality pairs, with their places; set-based requirements are in `selector` only. */
  readonly pairs: readonly Label[];
  /** True when a part is templated: nothing can be said about what it selects. */
  readonly unknown: boolean;
  /** A peer with a namespaceSelector beside it chooses pods of any namespace, not only of its own. */
  readonly anyNamespace: boolean;
  /** The namespaces it chooses from, where it lists them; else its own, or any. */
  readonly namespaces?: readonly Scalar[] | undefined;
  readonly path: string;
  readonly at: Span;
}

/** How an edge of the topology is called (the `type` of `podpath topology`). */
export type EdgeType = 'routes' | 'selects' | 'calls' | 'allows' | 'applies' | 'attaches' | 'targets' | 'monitors';

/** A route's match, for references that routes make. */
export interface RouteMatch {
  readonly host: Scalar | undefined;
  readonly path: Scalar | undefined;
  readonly pathType: Scalar | undefined;
}

/** One object named by another, with the place of the name. */
export interface Reference {
  /** `reads`: pods get the data of a ConfigMap, which is no edge of the topology. */
  readonly role: EdgeType | 'reads';
  readonly target: GroupKind;
  readonly name: Scalar;
  /** The namespace written beside the name; absent means the referrer's own. */
  readonly namespace: Scalar | undefined;
  /** The port written beside the name: a number or a name. */
  readonly port: Scalar | undefined;
  /** The port that is meant where none is written. */
  readonly portByDefault?: number | undefined;
  /** A port of the pods, or of their Service by its name, in kinds that name no port of the Service itself. */
  readonly targetPort?: Scalar | undefined;
  readonly route: RouteMatch | undefined;
  /** The reference may stay without its target (`optional: true`). */
  readonly optional: boolean;
  readonly path: string;
  /** The smallest map that holds the reference. */
  readonly at: Span;
}

/** A port that a monitor scrapes: one of the selected Services by its name, or of their pods by name or number. */
export interface ScrapedPort {
  readonly of: 'service' | 'pod';
  readonly port: Scalar;
  readonly path: string;
}

/** Keys of a ConfigMap or Secret; values are not kept. */
export interface DataFacts {
  readonly type: Scalar | undefined;
  readonly keys: readonly Scalar[];
}

/** Hosts that a certificate is shown for; without hosts all that have a rule. */
export interface TlsFacts {
  readonly hosts: readonly Scalar[];
  readonly at: Span;
}

export interface Resource extends Identity {
  /** What it is applied with first: its file, or the bundle that it is rendered in. Where it is written says `at`. */
  readonly uri: string;
  /** Its place among the resources of the file. */
  readonly index: number;
  /** The whole document or list item. */
  readonly at: Span;
  /** The text that names it: the name, else the kind. */
  readonly nameAt: Span;
  readonly names: {
    readonly apiVersion: Scalar;
    readonly kind: Scalar;
    readonly name: Scalar | undefined;
    readonly namespace: Scalar | undefined;
  };
  /** Cluster-scoped kinds have no namespace at all. */
  readonly clusterScoped: boolean;
  /** A document of a kustomization or chart: linked to silence findings, never judged. */
  readonly owned: boolean;
  readonly labels: readonly Label[];
  readonly annotations: readonly Label[];
  readonly pods: Pods | undefined;
  readonly service: ServiceFacts | undefined;
  readonly manual: ManualBackends | undefined;
  readonly data: DataFacts | undefined;
  readonly policy: PolicyFacts | undefined;
  readonly gateway: GatewayFacts | undefined;
  /** What it says about the addresses of the cluster: ranges, the network between nodes, DNS. */
  readonly cluster: ClusterFacts | undefined;
  readonly selectors: readonly SelectorUse[];
  readonly scrapes: readonly ScrapedPort[];
  /** What stands as an address in variables, commands and arguments, or in the data of a ConfigMap. */
  readonly addresses: readonly Address[];
  readonly references: readonly Reference[];
  /** The hosts that TLS is asked for, of an Ingress. */
  readonly tls: readonly TlsFacts[];
}

/** The value of an annotation. */
export function annotation(resource: Resource, key: string): Scalar | undefined {
  return resource.annotations.find((item) => item.key.text === key)?.value;
}

/** The selector that says which pods a resource stands for or works on, when its kind has one. */
export function podSelector(resource: Resource): SelectorUse | undefined {
  return resource.selectors.find(
    (use) => use.selects === 'pods' && (use.role === 'selects' || use.role === 'applies' || use.role === 'targets'),
  );
}

/** The texts of labels by their keys; of equal keys the last, as the API server takes it. */
export function labelTexts(labels: readonly Label[]): ReadonlyMap<string, string> {
  return new Map(labels.map(({ key, value }) => [key.text, value.text]));
}

/** True when one of the labels has the key and value of a pair. */
export function hasPair(labels: readonly Label[], { key, value }: Label): boolean {
  return labels.some((label) => label.key.text === key.text && label.value.text === value.text);
}

/** From the start of a label's key to the end of its value. */
export function labelSpan({ key, value }: Label): Span {
  return { ...key.origin, end: value.origin.end };
}

export function sameKind(a: GroupKind, b: GroupKind): boolean {
  return a.group === b.group && a.kind === b.kind;
}

/** The same object written twice: kind, namespace as written, and name agree. */
export function sameObject(a: Resource, b: Resource): boolean {
  return sameKind(a, b) && a.namespace === b.namespace && a.name === b.name;
}

/** `group/Kind`, the key of kind tables. */
export function groupKindKey({ group, kind }: GroupKind): string {
  return `${group}/${kind}`;
}
