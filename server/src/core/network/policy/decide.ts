/** What all policies about a pod say of its traffic with one other end, in the order in which the tiers are asked. */
import type { PolicyDirection, PolicyFacts, PolicyPeer, PolicyRule, PolicyTier } from '../../policy-facts';
import type { Resource } from '../../resource';
import type { Span } from '../../value';
import type { End, PortNames } from './ends';
import { isPeer } from './peers';
import type { PortSet } from './port-set';
import { holdsPort, intersect, isEmpty, noPorts, portRange, unite, without } from './port-set';

/** A policy that is about a pod, and what it says of one direction. */
export interface Applied {
  readonly policy: Resource;
  readonly facts: PolicyFacts;
  readonly direction: PolicyDirection;
  /** The namespace of the policy, as of `-n` where it names none. */
  readonly namespace: string | undefined;
}

/** A rule that matches. */
export interface RuleDecision {
  readonly by: 'rule';
  readonly tier: PolicyTier;
  readonly policy: Resource;
  readonly rule: PolicyRule;
  /** The peer that means the other end; undefined where the rule is for everybody. */
  readonly peer: PolicyPeer | undefined;
  /** The peer, else the rule. */
  readonly span: Span;
}

/** NetworkPolicies isolate the pod, and no rule of theirs allows it. */
export interface IsolationDecision {
  readonly by: 'isolation';
  readonly policies: readonly Resource[];
  /** Where the first of them says that it isolates. */
  readonly span: Span;
}

/** Nothing speaks against it: no policy is about the pod, or none has a word on this traffic. */
export interface DefaultDecision {
  /** `host-network`: policies are never about pods of the host network. `same-pod`: a pod always reaches itself. */
  readonly by: 'default' | 'host-network' | 'same-pod';
}

export type Decision = RuleDecision | IsolationDecision | DefaultDecision;

/** Ports that share a decision. */
export interface Piece {
  readonly ports: PortSet;
  readonly allowed: boolean;
  readonly decision: Decision;
}

/**
 * Parts the ports of the destination by what decides on them. `applied` are the policies about the pod in the order in
 * which they are asked, `other` is the other end, `names` are the port names of the destination.
 */
export function decide(applied: readonly Applied[], other: End, names: PortNames): Piece[] {
  const pieces: Piece[] = [];
  let rest = names.universe;
  const settle = (ports: PortSet, allowed: boolean, decision: Decision) => {
    if (!isEmpty(ports)) pieces.push({ ports, allowed, decision });
    rest = without(rest, ports);
  };
  const tier = (name: PolicyTier) => applied.filter(({ facts }) => facts.tier === name);
  const ordered = (members: readonly Applied[]) => {
    let passed = noPorts;
    for (const { rule, decision } of matching(members, other)) {
      if (isEmpty(rest)) break;
      const hit = intersect(rest, portsOf(rule, names));
      if (rule.action === 'Pass' && decision.peer?.type !== 'unknown') {
        passed = unite(passed, hit);
        rest = without(rest, hit);
      } else settle(hit, rule.action === 'Allow', decision);
    }
    rest = unite(rest, passed);
  };

  ordered(tier('Admin'));
  const isolating = tier('NetworkPolicy');
  const [first] = isolating;
  if (first) {
    for (const { rule, decision } of matching(isolating, other)) {
      if (isEmpty(rest)) break;
      settle(intersect(rest, portsOf(rule, names)), true, decision);
    }
    const policies = isolating.map(({ policy }) => policy);
    settle(rest, false, { by: 'isolation', policies, span: first.direction.at });
    return pieces;
  }
  ordered(tier('Baseline'));
  settle(rest, true, { by: 'default' });
  return pieces;
}

/** The rules whose peers mean the other end, in order. */
function* matching(applied: readonly Applied[], other: End) {
  for (const { policy, facts, direction, namespace } of applied)
    for (const rule of direction.rules) {
      const peer = rule.peers?.find((item) => isPeer(item, namespace, other));
      if (rule.peers !== undefined && !peer) continue;
      const span = peer?.at ?? rule.at;
      const decision: RuleDecision = { by: 'rule', tier: facts.tier, policy, rule, peer, span };
      yield { rule, decision };
    }
}

/** The ports of a destination that a rule means. */
function portsOf(rule: PolicyRule, names: PortNames): PortSet {
  if (!rule.ports) return names.universe;
  return rule.ports.reduce<PortSet>((sum, { protocols, numbers, name }) => {
    const found = protocols.flatMap((protocol) =>
      numbers
        ? [portRange(protocol, numbers.first, numbers.last)]
        : names.numbers(protocol, name ?? '').map((number) => portRange(protocol, number, number)),
    );
    return found.reduce(unite, sum);
  }, noPorts);
}

/** The ports that pieces allow. */
export function allowedPorts(pieces: readonly Piece[]): PortSet {
  return pieces.reduce<PortSet>((sum, { allowed, ports }) => (allowed ? unite(sum, ports) : sum), noPorts);
}

/** The piece that holds a port. */
export function pieceAt(pieces: readonly Piece[], protocol: keyof PortSet, port: number): Piece | undefined {
  return pieces.find(({ ports }) => holdsPort(ports, protocol, port));
}
