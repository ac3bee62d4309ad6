/** What a workload says about the pods that it makes. */
import type { Protocol } from './ports';
import type { Label, Reference } from './resource';
import type { Scalar, Span } from './value';

export interface ContainerPort {
  readonly name: Scalar | undefined;
  readonly number: Scalar | undefined;
  readonly protocol: Protocol;
  readonly hostPort: Scalar | undefined;
  readonly hostIP: Scalar | undefined;
  readonly path: string;
  readonly at: Span;
}

/** `main`: runs beside the others; `sidecar`: an init container with restartPolicy Always; `init`: ends before they start. */
export type ContainerRole = 'main' | 'sidecar' | 'init';

export interface Container {
  readonly name: Scalar | undefined;
  readonly role: ContainerRole;
  readonly image: Scalar | undefined;
  readonly ports: readonly ContainerPort[];
  readonly path: string;
  readonly at: Span;
  /** Where a port can be added: the `ports` list, or the whole container when it declares none. */
  readonly portsAt: Span | undefined;
}

/** A label that the pods have with a value that the manifest does not show. */
export interface OpenLabel {
  readonly key: string;
  /** What the value is, or begins with; undefined where it may be any. */
  readonly stem: string | undefined;
  /** A number follows on `stem`, which ends the value. */
  readonly numbered: boolean;
}

/** The pods that a workload makes: the template's labels, never the workload's own. */
export interface Pods {
  readonly labels: readonly Label[];
  /** The controller that made a Pod taken from a cluster. */
  readonly owner: Owner | undefined;
  /** Where a label can be added: the label map, else undefined. */
  readonly labelsAt: Span | undefined;
  /** Labels whose value is not in the manifest: written by the control plane, or templated. */
  readonly openLabels: readonly OpenLabel[];
  readonly containers: readonly Container[];
  /** Pods at a time; undefined where nothing says it (templates, autoscalers, DaemonSets). */
  readonly replicas: number | undefined;
  readonly hostNetwork: boolean;
  readonly hostname: Scalar | undefined;
  readonly subdomain: Scalar | undefined;
  readonly dns: PodDns;
  /** The kubelet sets environment variables for the Services of the namespace (enableServiceLinks, true when unset). */
  readonly serviceLinks: boolean;
  /** Host names that stand in /etc/hosts of the pods. */
  readonly hostAliases: readonly string[];
  readonly configMaps: readonly ConfigMapUse[];
  /** The pods carry numbers, and names made of them (StatefulSet, indexed Job). */
  readonly numbered: NumberedPods | undefined;
  readonly nodeSelector: readonly Label[];
  readonly nodeName: Scalar | undefined;
  /** Spread over nodes by anti-affinity on the host name, so that replicas never share a node. */
  readonly spread: boolean;
  /** Required node affinity narrows the nodes, in terms that are not read. */
  readonly nodeAffinity: boolean;
  /** They run to an end: pods of Jobs, pods that are not restarted, hooks of charts. */
  readonly ends: boolean;
  /** The pod ran to its end (status.phase), so it never serves; manifests taken from a cluster carry it. */
  readonly finished: boolean;
  /** The addresses of a Pod taken from a cluster, its primary one first. */
  readonly addresses: readonly string[];
  /** The state of a Pod taken from a cluster; without one a pod counts as running and ready, with an address to come. */
  readonly live: LivePod | undefined;
}

/** A ConfigMap whose data the pods get; the reference stands among those of the workload too. */
export interface ConfigMapUse {
  readonly reference: Reference;
  /** The keys that they get; undefined means all. */
  readonly keys: readonly string[] | undefined;
}

/** How the pods look names up: what the kubelet writes into their resolv.conf (core/v1 PodSpec.dnsPolicy, dnsConfig). */
export interface PodDns {
  /** As written; without it ClusterFirst. */
  readonly policy: Scalar | undefined;
  readonly nameservers: readonly Scalar[];
  readonly searches: readonly Scalar[];
  /** From how many dots on a name is tried as it is first. */
  readonly ndots: number | undefined;
  /** Where a policy can be written: the pod's spec. */
  readonly specAt: Span | undefined;
  /** The word that puts the pods into the network of their node. */
  readonly hostNetworkAt: Span | undefined;
}

/** Pods whose hostname is the workload's name, a dash and a number. */
export interface NumberedPods {
  readonly start: number;
  /** Undefined where nothing says it. */
  readonly count: number | undefined;
}

/** The controller of an object, in the same namespace (metav1 OwnerReference). */
export interface Owner {
  /** Empty where it is not written. */
  readonly kind: string;
  readonly name: string;
}

/** What a Pod's status and metadata say. */
export interface LivePod {
  /** The Ready condition is True. */
  readonly ready: boolean;
  /** It is being deleted. */
  readonly terminating: boolean;
}
