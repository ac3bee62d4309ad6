/** What the policies about both ends say of a connection. */
import type { Direction, PolicyFacts } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import type { Applied, Decision } from '../policy/decide';
import { decide, pieceAt } from '../policy/decide';
import type { Workload } from '../policy/ends';
import { noPortNames } from '../policy/ends';
import { stranger } from '../policy/entries';
import { everyPod } from '../policy/meaning';
import type { Hop, HopVerdict } from './hop';
import { listed, nameOf } from './hop';
import type { Allowed } from './opening-rule';
import { openingRule } from './opening-rule';
import type { Other } from './others';
import type { Scene } from './scene';

interface Side {
  /** Undefined where the manifests do not tell. */
  readonly allowed: boolean | undefined;
  readonly decision: Decision;
}

/** What the policies about a workload say of its traffic with another end, on a port of the destination. */
export function policyHop(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Other,
  protocol: Protocol,
  port: number,
): Hop {
  const side = sideOf(scene, workload, direction, other, protocol, port);
  const verdict: HopVerdict = side.allowed === undefined ? 'unresolved' : side.allowed ? 'ok' : 'denied';
  const own = nameOf(workload.resource, scene.namespace);
  const way = direction === 'egress' ? `out to ${other.name}` : `in from ${other.name}`;
  const what = `${way} on ${port}/${protocol}`;
  return {
    step: `policy-${direction}`,
    verdict,
    ...words(side, own, what, direction, scene),
    at: lineOf(side.decision, direction),
    ...(verdict === 'ok' ? {} : { detail: change(scene, side, workload, direction, other, protocol, port) }),
  };
}

function sideOf(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Other,
  protocol: Protocol,
  port: number,
): Side {
  const evaluation = scene.evaluation();
  if (other.type === 'known') {
    const [from, to] = direction === 'egress' ? [workload, other.end] : [other.end, workload];
    return evaluation.verdict(from, to, protocol, port)[direction];
  }
  if (workload.hostNetwork) return { allowed: true, decision: { by: 'host-network' } };
  const answer = (lenient: boolean): Side => {
    const applied = evaluation.applied(workload, direction).map((item) => tried(item, other, lenient));
    const names = direction === 'ingress' ? workload.ports : noPortNames;
    const piece = pieceAt(decide(applied, stranger, names), protocol, port);
    return piece ?? { allowed: true, decision: { by: 'default' } };
  };
  const [lenient, strict] = [answer(true), answer(false)];
  return strict.allowed === lenient.allowed ? strict : { ...strict, allowed: undefined };
}

/** The policy with peers that mean everybody or nobody. `lenient` takes what is open for what lets traffic through. */
function tried(applied: Applied, { means }: Extract<Other, { type: 'open' }>, lenient: boolean): Applied {
  const rules = applied.direction.rules.map((rule) => ({
    ...rule,
    peers: rule.peers
      ?.filter((peer) => {
        const meaning = means(peer);
        return meaning === 'yes' || (meaning === 'maybe' && (rule.action === 'Allow') === lenient);
      })
      .map(everyPod),
  }));
  return { ...applied, direction: { ...applied.direction, rules } };
}

function words(
  { allowed, decision }: Side,
  own: string,
  what: string,
  direction: Direction,
  { namespace }: Scene,
): Pick<Hop, 'title'> {
  const named = (policy: Resource) => nameOf(policy, namespace);
  switch (decision.by) {
    case 'rule':
      return {
        title: `${named(decision.policy)} ${allowed === false ? `denies ${own} traffic` : `lets ${own}`} ${what}`,
      };
    case 'isolation': {
      const { policies } = decision;
      const one = policies.length === 1;
      const verb = one ? 'isolates' : 'isolate';
      const rule = allowed === undefined ? `${one ? 'its rules' : 'their rules'} may let it` : 'no rule lets it';
      return { title: `${listed(policies.map(named))} ${verb} the ${direction} of ${own}; ${rule} ${what}` };
    }
    case 'host-network':
      return { title: `${own} is in the network of its node, which policies of pods are not about` };
    case 'same-pod':
      return { title: `${own} is one pod, and a pod always reaches itself` };
    case 'default':
      return { title: `no policy isolates the ${direction} of ${own}` };
  }
}

function lineOf(decision: Decision, direction: Direction) {
  if (decision.by === 'rule') return decision.span;
  return decision.by === 'isolation' ? (decision.policies[0]?.policy?.[direction]?.at ?? decision.span) : undefined;
}

/** What to change, where something denies it. */
function change(
  scene: Scene,
  { allowed, decision }: Side,
  { namespace, resource }: Workload,
  direction: Direction,
  other: Other,
  protocol: Protocol,
  port: number,
): string | undefined {
  if (decision.by !== 'rule' && decision.by !== 'isolation') return undefined;
  if (allowed === undefined)
    return `it depends on the address and labels of ${other.name}, which no manifest here tells`;
  const policy = decision.by === 'rule' ? decision.policy : speaker(decision.policies);
  const facts: PolicyFacts | undefined = policy?.policy;
  if (!policy || !facts) return undefined;
  const isBaseline = facts.tier === 'Baseline';
  const rule = openingRule(
    scene,
    { kind: policy.kind, tier: isBaseline ? 'NetworkPolicy' : facts.tier, namespace: namespace.name },
    direction,
    whom(other),
    protocol,
    port,
  );
  const name = nameOf(policy, scene.namespace);
  const beside = `a NetworkPolicy about ${nameOf(resource, scene.namespace)} with this in spec.${direction}`;
  const where = isBaseline
    ? `${name} holds where no NetworkPolicy does; ${beside} lets it through`
    : decision.by === 'rule'
      ? `to let it through, put this before the rule that denies it in spec.${direction} of ${name}`
      : isSelective(policy)
        ? `to let it through, add this to spec.${direction} of ${name}`
        : `to let it through, add ${beside}`;
  return `${where}:\n${rule}`;
}

/** Of several policies one that is about fewer pods than a namespace. */
function speaker(policies: readonly Resource[]): Resource | undefined {
  return policies.find(isSelective) ?? policies[0];
}

function isSelective({ policy }: Resource): boolean {
  const selector = policy?.subject?.pods?.selector;
  return selector !== undefined && selector !== 'nothing' && selector.requirements.length > 0;
}

function whom(other: Other): Allowed {
  if (other.type === 'known' && other.end.type === 'pods' && 'resource' in other.end)
    return { type: 'pods', workload: (other.end as Workload).resource };
  return other.block === undefined || other.block === ''
    ? { type: 'namespace', name: 'ingress-nginx' }
    : { type: 'block', cidr: other.block };
}
