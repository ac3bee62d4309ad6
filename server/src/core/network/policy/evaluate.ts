/**
 * Who may talk to whom: all policies of a world evaluated, lazily and once for ends that no policy tells apart.
 * Nothing compares all workloads with all policies: subjects and peers are looked up by the label pairs they ask for.
 */
import type { Direction, PolicyPeer } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { indexOf } from './class-index';
import type { Applied, Decision, Piece } from './decide';
import { allowedPorts, decide, pieceAt } from './decide';
import type { End, PortNames, Workload } from './ends';
import { portNamesOf } from './ends';
import type { PortSet } from './port-set';
import { intersect } from './port-set';
import { createProfiles } from './profiles';
import type { Exceptions, Profile } from './profiles';
import { relevanceOf } from './relevance';
import type { WorkloadClass } from './workloads';
import { byResource, classesOf, workloadsOf } from './workloads';
import type { PlacedPolicy, PolicyWorld } from './world';
import { podsOf, policiesOf } from './world';

/** One direction's word on one port. */
export interface DirectionVerdict {
  readonly allowed: boolean;
  readonly decision: Decision;
}

/** A connection passes when both directions allow it. */
export interface Verdict {
  readonly allowed: boolean;
  /** On the way out of the source. */
  readonly egress: DirectionVerdict;
  /** On the way into the destination. */
  readonly ingress: DirectionVerdict;
}

export interface Evaluation {
  /** Sorted by namespace and name. */
  readonly workloads: readonly Workload[];
  readonly classes: readonly WorkloadClass[];
  /** In the order in which they are asked. */
  readonly policies: readonly PlacedPolicy[];
  /** The workloads that the pods of an object are; several where its pods differ in labels. */
  readonly workloadsOf: (resource: Resource) => readonly Workload[];
  readonly classOf: (workload: Workload) => WorkloadClass;
  /** The policies about a workload's pods in one direction, in the order in which they are asked. */
  readonly applied: (workload: Workload, direction: Direction) => readonly Applied[];
  /** The workloads that a policy is about. */
  readonly selectedBy: (policy: Resource) => readonly Workload[];
  /** The workloads that a peer of a policy means. */
  readonly meantBy: (policy: Resource, peer: PolicyPeer) => readonly Workload[];
  /** What the policies about a workload say of its traffic with another end. `ingress`: into the workload. */
  readonly pieces: (workload: Workload, direction: Direction, other: End) => readonly Piece[];
  /** On which ports `from` may open connections to `to`. */
  readonly connections: (from: End, to: End) => PortSet;
  readonly verdict: (from: End, to: End, protocol: Protocol, port: number) => Verdict;
  /** Classes with the same policies share a profile, from which lists of connections are made. */
  readonly profile: (of: WorkloadClass, direction: Direction) => Profile;
  /** The classes that a peer of a profile means. */
  readonly exceptions: (profile: Profile) => Exceptions;
  /** The ports that a profile allows with a class; `destination` is the one of both that is connected to. */
  readonly towards: (profile: Profile, other: WorkloadClass, destination: WorkloadClass) => PortSet;
}

/** Evaluates the policies of resources that are applied together. */
export function evaluatePolicies(world: PolicyWorld): Evaluation {
  const policies = policiesOf(world);
  const relevance = relevanceOf(policies);
  const workloads = workloadsOf(podsOf(world), relevance);
  const classes = classesOf(workloads, relevance);
  const classOf = new Map(classes.flatMap((item) => item.workloads.map((workload) => [workload, item] as const)));
  const order = new Map(workloads.map((item, at) => [item, at]));
  const objects = byResource(workloads);
  const index = indexOf(classes);
  const profiles = createProfiles(policies, index);
  const placed = new Map(policies.map((item) => [item.policy, item]));

  const profile = (of: WorkloadClass, direction: Direction) => profiles.of(of, direction);

  function pieces(workload: Workload, direction: Direction, other: End): readonly Piece[] {
    const own = classOf.get(workload);
    const names: PortNames = direction === 'ingress' ? workload.ports : portNamesOf(other);
    if (!own) return decide([], other, names);
    const known = other.type === 'pods' && isWorkload(other) ? classOf.get(other) : undefined;
    return known
      ? profiles.towards(profile(own, direction), known, direction === 'ingress' ? own : known)
      : decide(profile(own, direction).applied, other, names);
  }

  /** What one end's policies say; outside the cluster there are none. */
  function sideOf(end: End, direction: Direction, other: End): readonly Piece[] {
    return end.type === 'pods' && isWorkload(end)
      ? pieces(end, direction, other)
      : decide([], other, direction === 'ingress' ? portNamesOf(end) : portNamesOf(other));
  }

  function verdictOf(end: End, direction: Direction, other: End, protocol: Protocol, port: number): DirectionVerdict {
    if (end === other && end.type === 'pods' && isWorkload(end) && isOnePod(end))
      return { allowed: true, decision: { by: 'same-pod' } };
    if (end.type === 'pods' && end.hostNetwork) return { allowed: true, decision: { by: 'host-network' } };
    const piece = pieceAt(sideOf(end, direction, other), protocol, port);
    return piece
      ? { allowed: piece.allowed, decision: piece.decision }
      : { allowed: true, decision: { by: 'default' } };
  }

  return {
    workloads,
    classes,
    policies,
    profile,
    exceptions: profiles.exceptions,
    towards: profiles.allowed,
    pieces,
    workloadsOf: (resource) => objects.get(resource) ?? [],
    classOf(workload) {
      const found = classOf.get(workload);
      if (!found) throw new Error(`${workload.name} is of another evaluation`);
      return found;
    },
    applied(workload, direction) {
      const own = classOf.get(workload);
      return own ? profile(own, direction).applied : [];
    },
    selectedBy: (policy) => expand(profiles.selectedBy(policy)),
    meantBy: (policy, peer) => expand(index.meantBy(peer, placed.get(policy)?.namespace)),
    connections: (from, to) =>
      intersect(allowedPorts(sideOf(from, 'egress', to)), allowedPorts(sideOf(to, 'ingress', from))),
    verdict(from, to, protocol, port) {
      const egress = verdictOf(from, 'egress', to, protocol, port);
      const ingress = verdictOf(to, 'ingress', from, protocol, port);
      return { allowed: egress.allowed && ingress.allowed, egress, ingress };
    },
  };

  function expand(found: ReadonlySet<WorkloadClass>): readonly Workload[] {
    const at = (item: Workload) => order.get(item) ?? 0;
    return [...found].flatMap((item) => item.workloads).sort((a, b) => at(a) - at(b));
  }
}

/** An end of the manifests, not one that somebody thought of. */
export function isWorkload(end: End): end is Workload {
  return end.type === 'pods' && 'resource' in end;
}

/** Nobody else shares the workload: traffic to itself never leaves the pod. */
function isOnePod({ members }: Workload): boolean {
  const [first, ...more] = members;
  return more.length === 0 && first?.pods?.replicas === 1;
}
