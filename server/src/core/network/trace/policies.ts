/** What the policies about both ends say of a connection. */
import type { Direction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import type { Decision } from '../policy/decide';
import type { Workload } from '../policy/ends';
import { noPortNames } from '../policy/ends';
import { ownPolicy } from '../policy/own-policy';
import { speaker } from '../policy/speaker';
import type { LinkedSide } from '../policy/verdicts';
import { judgeSide } from '../policy/verdicts';
import type { Hop, HopVerdict } from './hop';
import { listed, nameOf } from './hop';
import type { OpenedPort } from './opening-rule';
import { openingRule } from './opening-rule';
import type { Other } from './others';
import type { Scene } from './scene';
import { workloadName } from './scene';

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
  const way = direction === 'egress' ? `out to ${other.name}` : `in from ${other.name}`;
  return {
    step: `policy-${direction}`,
    verdict,
    title: words(scene, side, workloadName(scene, workload), `${way} on ${port}/${protocol}`, direction),
    at: lineOf(side.decision, direction),
    ...(verdict === 'ok' ? {} : { detail: change(scene, side, workload, direction, other, [{ protocol, port }]) }),
  };
}

function sideOf(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Other,
  protocol: Protocol,
  port: number,
): LinkedSide {
  const evaluation = scene.evaluation();
  if (other.type === 'known') {
    const [from, to] = direction === 'egress' ? [workload, other.end] : [other.end, workload];
    return evaluation.verdict(from, to, protocol, port)[direction];
  }
  if (workload.hostNetwork) return { allowed: true, decision: { by: 'host-network' } };
  const about = evaluation.applied(workload, direction).map((placed) => ({ placed, certain: true }));
  const names = direction === 'ingress' ? workload.ports : noPortNames;
  return judgeSide(about, direction, other.means, names, protocol, port);
}

/** What a decision on pods of a workload says. `what`: the way and port of the connection. */
export function words(
  { namespace }: Scene,
  { allowed, decision }: LinkedSide,
  own: string,
  what: string,
  direction: Direction,
): string {
  const named = (policy: Resource) => nameOf(policy, namespace);
  switch (decision.by) {
    case 'rule':
      return `${named(decision.policy)} ${allowed === false ? `denies ${own} traffic` : `lets ${own}`} ${what}`;
    case 'isolation': {
      const { policies } = decision;
      const one = policies.length === 1;
      const verb = one ? 'isolates' : 'isolate';
      const rule = allowed === undefined ? `${one ? 'its rules' : 'their rules'} may let it` : 'no rule lets it';
      return `${listed(policies.map(named))} ${verb} the ${direction} of ${own}; ${rule} ${what}`;
    }
    case 'host-network':
      return `${own} is in the network of its node, which policies of pods are not about`;
    case 'same-pod':
      return `${own} is one pod, and a pod always reaches itself`;
    case 'default':
      return `no policy isolates the ${direction} of ${own}`;
  }
}

/** The line that decides. */
export function lineOf(decision: Decision, direction: Direction): Hop['at'] {
  if (decision.by === 'rule') return decision.span;
  return decision.by === 'isolation' ? (speaker(decision)?.policy?.[direction]?.at ?? decision.span) : undefined;
}

/** What to change, where something denies it: the smallest rule, and where it goes. */
export function change(
  scene: Scene,
  { allowed, decision }: LinkedSide,
  workload: Pick<Workload, 'namespace' | 'resource'>,
  direction: Direction,
  other: Pick<Other, 'name' | 'hidden' | 'allowed'>,
  ports: readonly OpenedPort[],
): string | undefined {
  if (decision.by !== 'rule' && decision.by !== 'isolation') return undefined;
  if (allowed === undefined)
    return `it depends on ${other.hidden ?? `the address and labels of ${other.name}, which no manifest here tells`}`;
  const own = decision.by === 'isolation' ? ownPolicy(scene.links, workload.resource, decision) : undefined;
  const policy = decision.by === 'rule' ? decision.policy : (own ?? speaker(decision));
  const tier = policy?.policy?.tier;
  if (!policy || !tier) return undefined;
  const rule =
    other.allowed &&
    openingRule(
      scene,
      { kind: policy.kind, tier, namespace: workload.namespace.name },
      direction,
      other.allowed,
      ports,
    );
  const list = `spec.${direction}`;
  if (rule === undefined)
    return `no rule of ${list} can mean ${other.name}: policies know it by the address of its node only, which no manifest here tells`;
  const name = nameOf(policy, scene.namespace);
  const where =
    decision.by === 'rule'
      ? `to let it through, put this before the rule that denies it in ${list} of ${name}`
      : own
        ? `to let it through, add this to ${list} of ${name}`
        : `to let it through, add a NetworkPolicy about ${nameOf(workload.resource, scene.namespace)} with this in ${list}`;
  return `${where}:\n${rule}`;
}
