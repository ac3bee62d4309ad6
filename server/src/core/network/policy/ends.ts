/** Both ends of a connection as policies see them. */
import type { Labels, Requirement } from '../../labels';
import type { Protocol } from '../../ports';
import type { Ranges } from '../../ranges';
import type { OpenLabel } from '../../pod-facts';
import type { Resource } from '../../resource';
import type { PortSet } from './port-set';
import { allPorts } from './port-set';

/** A namespace and its labels, `kubernetes.io/metadata.name` among them. */
export interface Namespace {
  /** Undefined for a namespace that nothing here names. */
  readonly name: string | undefined;
  readonly labels: Labels;
}

/** The port names of a pod. */
export interface PortNames {
  /** The numbers of a name and protocol; none where no container has it. */
  readonly numbers: (protocol: Protocol, name: string) => readonly number[];
  /** All ports that traffic to the pod can have. */
  readonly universe: PortSet;
}

/** Pods that are alike to every policy. */
export interface PodEnd {
  readonly type: 'pods';
  readonly namespace: Namespace;
  readonly labels: Labels;
  /** Labels whose values the control plane writes. */
  readonly openLabels: readonly OpenLabel[];
  /** Undefined where no manifest shows them. */
  readonly addresses: Ranges | undefined;
  /** Where an address lies that no manifest shows: a set for each family that the cluster may give addresses of. */
  readonly pools: readonly Ranges[];
  /** Policies neither select such pods nor know them by labels. */
  readonly hostNetwork: boolean;
  /** The labels of its node, where they are known. */
  readonly node: Labels | undefined;
  readonly ports: PortNames;
}

/** Addresses that are no pods of the manifests; no block of the policies holds only a part of them. */
export interface OutsideEnd {
  readonly type: 'outside';
  readonly ranges: Ranges;
}

/**
 * Pods that are not here and could come: of them nothing is known but what selectors require. A peer means them when it
 * means every such pod.
 */
export interface ImaginedEnd {
  readonly type: 'imagined';
  /** Its namespace, where only one is possible. */
  readonly namespace: Namespace | undefined;
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
  readonly ports: PortNames;
}

/** What no peer of any policy means. */
export interface NobodyEnd {
  readonly type: 'nobody';
}

export type End = PodEnd | OutsideEnd | ImaginedEnd | NobodyEnd;

/** Pods of one owner that are alike to every policy. */
export interface Workload extends PodEnd {
  readonly kind: string;
  readonly name: string;
  readonly namespace: Namespace & { readonly name: string };
  /** What sets these pods apart from others of the same owner, as `tier=front`; undefined where all are alike. */
  readonly variant: string | undefined;
  /** The object that stands for it: the owner, else its first pod. */
  readonly resource: Resource;
  /** All objects whose pods these are. */
  readonly members: readonly Resource[];
}

export const nobody: NobodyEnd = { type: 'nobody' };

/** No names: what is outside the cluster has none. */
export const noPortNames: PortNames = { numbers: () => [], universe: allPorts };

/** The port names of an end. */
export function portNamesOf(end: End): PortNames {
  return end.type === 'pods' || end.type === 'imagined' ? end.ports : noPortNames;
}
