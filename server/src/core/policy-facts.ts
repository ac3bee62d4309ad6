/**
 * What a policy says, of whichever API: whom it is about, and its rules for each direction in the order in which they
 * are tried. Evaluation (network/policy) reads these facts and knows no API.
 */
import type { Protocol } from './ports';
import type { Ranges } from './ranges';
import type { SelectorUse } from './resource';
import type { Scalar, Span } from './value';

/** Tiers in the order in which they are asked (policy.networking.k8s.io/v1alpha2 Tier). */
export type PolicyTier = 'Admin' | 'NetworkPolicy' | 'Baseline';

/** As a NetworkPolicy's policyTypes call them, in lower case. */
export type Direction = 'ingress' | 'egress';

export const directions: readonly Direction[] = ['ingress', 'egress'];

/** What happens to traffic that a rule matches: NetworkPolicy knows `Allow` only; `Accept` of v1alpha2 is `Allow`. */
export type PolicyAction = 'Allow' | 'Deny' | 'Pass';

/** Pods by labels. Pods of the host network are never meant. */
export interface PodsPeer {
  readonly type: 'pods';
  /** `own`: the namespace of the policy. */
  readonly namespaces: SelectorUse | 'own';
  /** Absent: all pods of the namespaces. */
  readonly pods: SelectorUse | undefined;
  readonly path: string;
  readonly at: Span;
}

/** Addresses: a NetworkPolicy's ipBlock without its exceptions, or one of `networks`. */
export interface BlockPeer {
  readonly type: 'block';
  readonly ranges: Ranges;
  readonly path: string;
  readonly at: Span;
}

/** Nodes by their labels: the pods of their host network. */
export interface NodesPeer {
  readonly type: 'nodes';
  readonly nodes: SelectorUse;
  readonly path: string;
  readonly at: Span;
}

/**
 * What no manifest can tell: domain names, or a peer of a form that is not known. In a rule that denies or passes, an
 * unknown form counts as everything (`failsClosed`), in one that allows as nothing.
 */
export interface UnknownPeer {
  readonly type: 'unknown';
  readonly failsClosed: boolean;
  readonly path: string;
  readonly at: Span;
}

export type PolicyPeer = PodsPeer | BlockPeer | NodesPeer | UnknownPeer;

/** Ports of the destination pod. */
export interface PolicyPort {
  readonly protocols: readonly Protocol[];
  /** Numbers, both ends included; where none is written, all of the protocol. Undefined where a name is written. */
  readonly numbers: { readonly first: number; readonly last: number } | undefined;
  /** The name that a container gives its port. */
  readonly name: string | undefined;
  /** The number or name as it is written; of a range its first number, undefined where none is written. */
  readonly written: Scalar | undefined;
  readonly path: string;
  readonly at: Span;
}

export interface PolicyRule {
  readonly direction: Direction;
  readonly action: PolicyAction;
  /** Its `name`, which only cluster-wide policies have. */
  readonly name: Scalar | undefined;
  /** Absent: everybody, also outside the cluster. */
  readonly peers: readonly PolicyPeer[] | undefined;
  /** Absent: all ports of all protocols. */
  readonly ports: readonly PolicyPort[] | undefined;
  readonly path: string;
  readonly at: Span;
}

/** A policy's word on one direction. */
export interface PolicyDirection {
  readonly rules: readonly PolicyRule[];
  /** Where it is said: the policy type or the rules. */
  readonly at: Span;
}

export interface PolicyFacts {
  readonly tier: PolicyTier;
  /** Lower numbers are asked first; 0 where the API has none. */
  readonly priority: number;
  /** The pods it is about; undefined where that cannot be read. */
  readonly subject: PodsPeer | undefined;
  /** Absent where it says nothing about the direction. A NetworkPolicy isolates its pods in those that are here. */
  readonly ingress: PolicyDirection | undefined;
  readonly egress: PolicyDirection | undefined;
  /** A part is templated, so nothing can be said for certain. */
  readonly unclear: boolean;
  /** A value is missing or refused: somebody is typing, and what it closes now is nobody's fault. */
  readonly unfinished: boolean;
}
