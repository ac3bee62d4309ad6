/**
 * Verdicts on single connections from what links tell, so that no whole world is evaluated while somebody types. What the
 * manifests leave open (labels of a namespace that is not here, a namespace that is not written) is tried both ways: only
 * what comes out alike is certain.
 */
import { pluginPolicyKey } from '../../keys';
import type { Links } from '../../links';
import { namespacesAgree } from '../../links';
import type { Direction, PolicyPeer, PolicyRule } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import { flatten } from '../../rings';
import { clusterNetwork } from '../cluster';
import type { PolicyAbout } from './about';
import { policiesAbout } from './about';
import type { Applied, Decision } from './decide';
import { decide, pieceAt } from './decide';
import type { PortNames } from './ends';
import { noPortNames } from './ends';
import { stranger } from './entries';
import type { Certainty } from './meaning';
import { everyPod, meansPods, weakest } from './meaning';
import { namesNoPort } from './nameless-port';
import { wholeOf } from './numbered-pod';
import { appliedIn, portNames } from './world';

/** What the policies about one end say of a port. */
export interface LinkedSide {
  /** Undefined where the manifests do not tell. */
  readonly allowed: boolean | undefined;
  readonly decision: Decision;
}

export interface LinkedVerdict {
  /** Undefined where the manifests do not tell. */
  readonly allowed: boolean | undefined;
  /** On the way out of the source, and on the way into the destination. */
  readonly egress: LinkedSide;
  readonly ingress: LinkedSide;
}

/** Whether a peer of a policy means the other end. */
export type Means = (peer: PolicyPeer, policy: Resource) => Certainty;

const open: LinkedSide = { allowed: true, decision: { by: 'default' } };

/** Whether the pods of one workload reach a port of the pods of another. */
export function verdictBetween(
  links: Links,
  from: Resource,
  to: Resource,
  protocol: Protocol,
  port: number,
): LinkedVerdict {
  const names = portNamesOf(to);
  const side = (direction: Direction, own: Resource, other: Resource) =>
    sideVerdict(links, own, direction, (peer, policy) => meansPods(links, peer, policy, other), names, protocol, port);
  const [egress, ingress] = [side('egress', from, to), side('ingress', to, from)];
  if (wholeOf(from) === wholeOf(to))
    return { allowed: from.pods?.replicas === 1 ? true : both(egress, ingress), egress, ingress };
  return { allowed: both(egress, ingress), egress, ingress };
}

function both(egress: LinkedSide, ingress: LinkedSide): boolean | undefined {
  if (egress.allowed === false || ingress.allowed === false) return false;
  return egress.allowed === true && ingress.allowed === true ? true : undefined;
}

/**
 * What the policies about a workload say of one port in one direction; `means` says whom their peers mean, `names` are the
 * port names of the destination.
 */
export function sideVerdict(
  links: Links,
  workload: Resource,
  direction: Direction,
  means: Means,
  names: PortNames,
  protocol: Protocol,
  port: number,
): LinkedSide {
  if (workload.pods?.hostNetwork) return { allowed: true, decision: { by: 'host-network' } };
  const about = policiesAbout(links, workload);
  const side = judgeSide(about, direction, means, names, protocol, port);
  if (side.allowed !== false) return side;
  // A document beside a policy that cannot be read may be the one that lets traffic through.
  const isOpen = about.some(
    ({ placed: { policy, facts } }) =>
      facts.unfinished ||
      links.hasUnreadable(policy) ||
      namesNoPort(links, policy, facts, direction, protocol, (peer) => means(peer, policy) !== 'no'),
  );
  const isKnown = isEnforced(links, workload) && !isOpen;
  return isKnown ? side : { ...side, allowed: undefined };
}

/** What policies about some pods say; `allowed` is undefined where it depends on what is open. */
export function judgeSide(
  policies: readonly PolicyAbout[],
  direction: Direction,
  means: Means,
  names: PortNames,
  protocol: Protocol,
  port: number,
): LinkedSide {
  const about = policies.filter(({ placed }) => appliedIn(direction, placed));
  if (about.length === 0) return open;
  const answer = (lenient: boolean): LinkedSide => {
    const applied = about.flatMap((item) => resolved(item, direction, means, lenient, about));
    const piece = pieceAt(decide(applied, stranger, names), protocol, port);
    return piece ? { allowed: piece.allowed, decision: certainOf(piece.decision, about) } : open;
  };
  const strict = answer(false);
  if (about.some(({ placed }) => placed.facts.unclear) || hasOpenPass(about, direction, means))
    return { ...strict, allowed: undefined };
  if (strict.allowed === true) return strict;
  const lenient = answer(true);
  return lenient.allowed === true ? { ...strict, allowed: undefined } : lenient;
}

/** The policy with peers that mean everybody or nobody. `lenient` takes what is open for what lets traffic through. */
function resolved(
  { placed, certain }: PolicyAbout,
  direction: Direction,
  means: Means,
  lenient: boolean,
  about: readonly PolicyAbout[],
): Applied[] {
  const applied = appliedIn(direction, placed);
  if (!applied) return [];
  // One that may be about the pods isolates them in the strict reading only.
  const isolates = about.some((item) => item.certain && item.placed.facts.tier === 'NetworkPolicy');
  if (lenient && !certain && placed.facts.tier === 'NetworkPolicy' && !isolates) return [];
  const rules = applied.direction.rules.map((rule): PolicyRule => {
    const opens = rule.action === 'Allow';
    if (!certain && opens !== lenient) return { ...rule, peers: [] };
    const peers = rule.peers?.flatMap((peer) => {
      const meaning = means(peer, placed.policy);
      return meaning === 'yes' || (meaning === 'maybe' && opens === lenient) ? [everyPod(peer)] : [];
    });
    return { ...rule, peers };
  });
  return [{ ...applied, direction: { ...applied.direction, rules } }];
}

/** A Pass may lead to allowing and to denying. */
function hasOpenPass(about: readonly PolicyAbout[], direction: Direction, means: Means): boolean {
  return about.some(({ placed, certain }) =>
    (placed.facts[direction]?.rules ?? []).some(({ action, peers = [] }) => {
      if (action !== 'Pass') return false;
      const meaning = weakest(peers.map((peer) => means(peer, placed.policy)));
      return meaning === 'maybe' || (meaning === 'yes' && !certain);
    }),
  );
}

/** Isolation by those policies that are about the pods for certain, where some are. */
function certainOf(decision: Decision, about: readonly PolicyAbout[]): Decision {
  if (decision.by !== 'isolation') return decision;
  const certain = about.filter((item) => item.certain).map(({ placed }) => placed.policy);
  const policies = decision.policies.filter((policy) => certain.includes(policy));
  return policies.length > 0 ? { ...decision, policies } : decision;
}

const enforced = new WeakMap<Links, Map<string, boolean>>();

/** False where a plugin holds no policies, or knows policies of its own that could open the connection. */
function isEnforced(links: Links, workload: Resource): boolean {
  const files = enforced.get(links) ?? new Map<string, boolean>();
  enforced.set(links, files);
  const key = `${workload.uri} ${workload.namespace ?? ''}`;
  const found =
    files.get(key) ??
    (clusterNetwork(links, workload).cni?.enforces !== false &&
      flatten(links.rings(pluginPolicyKey, workload)).every(
        (policy) => policy.namespace !== undefined && namespacesAgree(policy.namespace, workload.namespace) === 'no',
      ));
  files.set(key, found);
  return found;
}

/** The names of the ports of a workload's pods. */
export function portNamesOf({ pods, owned }: Resource): PortNames {
  return pods && !owned ? portNames(pods) : noPortNames;
}
