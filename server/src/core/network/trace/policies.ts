/** What the policies about both ends say of a connection. */
import type { Direction, PolicyAction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Resource } from '../../resource';
import type { Decision } from '../policy/decide';
import type { Workload } from '../policy/ends';
import { noPortNames } from '../policy/ends';
import { isWorkload } from '../policy/evaluate';
import { ownPolicy } from '../policy/own-policy';
import { speaker } from '../policy/speaker';
import type { LinkedSide } from '../policy/verdicts';
import { judgeSide } from '../policy/verdicts';
import type { Hop, HopVerdict } from './hop';
import { listed, nameOf } from './hop';
import { sideAtAnyAddress } from './open-address';
import { sideOfOpenNamespace } from './open-namespace';
import type { Allowed, OpenedPort } from './opening-rule';
import { openingRule } from './opening-rule';
import type { Other } from './others';
import type { Scene } from './scene';
import { workloadName } from './scene';
import { nodeOf } from './transport';

/** What the policies about a workload say of its traffic with another end, on a port of the destination. */
export function policyHop(
  scene: Scene,
  workload: Workload,
  direction: Direction,
  other: Other,
  protocol: Protocol,
  port: number,
): Hop {
  const known = sideOf(scene, workload, direction, other, protocol, port);
  const open =
    known.allowed !== undefined && !workload.hostNetwork && other.type === 'known' && isWorkload(other.end)
      ? sideOfOpenNamespace(scene, workload, direction, other.end, protocol, port, known)
      : undefined;
  const side = open ?? known;
  const own = workloadName(scene, workload);
  const step = `policy-${direction}` as const;
  if (side.allowed === false && direction === 'ingress' && other.node !== undefined) {
    const on = nodeOf(workload.resource);
    if (on === other.node)
      return {
        step,
        verdict: 'ok',
        title: `${own} is on Node ${on}, which always reaches its own pods`,
        at: undefined,
      };
    if (on === undefined) {
      const hidden = `the node of ${own}: a pod on Node ${other.node} is always open to it, and others are not`;
      return hop({ ...side, allowed: undefined }, { ...other, hidden }, side);
    }
  }
  if (open && other.type === 'known' && isWorkload(other.end))
    return hop(open, {
      ...other,
      hidden: `the labels of namespace ${other.end.namespace.name}, which has no Namespace object here`,
    });
  return hop(side, other);

  function hop(said: LinkedSide, to: Other, spoken = said): Hop {
    const verdict: HopVerdict = said.allowed === undefined ? 'unresolved' : said.allowed ? 'ok' : 'denied';
    const way = direction === 'egress' ? `out to ${other.name}` : `in from ${other.name}`;
    return {
      step,
      verdict,
      title: words(scene, spoken, own, `${way} on ${port}/${protocol}`, direction),
      at: lineOf(said.decision, direction),
      ...(verdict === 'ok' ? {} : { detail: change(scene, said, workload, direction, to, [{ protocol, port }]) }),
    };
  }
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
    const { end } = other;
    const [from, to] = direction === 'egress' ? [workload, end] : [end, workload];
    const open =
      !workload.hostNetwork && from !== to && isWorkload(end)
        ? sideAtAnyAddress(scene, workload, direction, end, protocol, port)
        : undefined;
    return open ?? evaluation.verdict(from, to, protocol, port)[direction];
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
      return `${named(decision.policy)} ${ruleWords(decision.rule.action, allowed, own)} ${what}`;
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

function ruleWords(action: PolicyAction, allowed: boolean | undefined, own: string): string {
  if (allowed === undefined) return action === 'Deny' ? `may deny ${own} traffic` : `may let ${own}`;
  return allowed ? `lets ${own}` : `denies ${own} traffic`;
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
  other: Pick<Other, 'name' | 'hidden' | 'allowed' | 'onNodes'>,
  ports: readonly OpenedPort[],
): string | undefined {
  if (decision.by !== 'rule' && decision.by !== 'isolation') return undefined;
  const unsure =
    allowed === undefined
      ? `it depends on ${other.hidden ?? `the address and labels of ${other.name}, which no manifest here tells`}`
      : undefined;
  const own = decision.by === 'isolation' ? ownPolicy(scene.links, workload.resource, decision) : undefined;
  const policy = decision.by === 'rule' ? decision.policy : (own ?? speaker(decision));
  const tier = policy?.policy?.tier;
  if (!policy || !tier || (unsure !== undefined && opensAll(other.allowed))) return unsure;
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
  const name = nameOf(policy, scene.namespace);
  const where =
    decision.by === 'rule'
      ? `put this before the rule that denies it in ${list} of ${name}`
      : own
        ? `add this to ${list} of ${name}`
        : `add a NetworkPolicy about ${nameOf(workload.resource, scene.namespace)} with this in ${list}`;
  if (rule !== undefined)
    return unsure === undefined
      ? `to let it through, ${where}:\n${rule}`
      : `${unsure}\nto let it through whatever that is, ${where}:\n${rule}`;
  const numbers = listed(ports.map(({ protocol, port }) => `${port}/${protocol}`));
  const what = other.onNodes ? 'an ipBlock for each of its nodes' : `the namespace of ${other.name}`;
  return [
    ...(unsure === undefined ? [] : [unsure]),
    other.onNodes && tier !== 'NetworkPolicy'
      ? `no rule of ${list} can mean ${other.name}: policies know it by the address of its node only`
      : `to let it through, ${where.replace('this', `${what} and port ${numbers}`)}${other.onNodes ? `: policies know ${other.name} by the addresses of its nodes only, never by labels, and no manifest here tells them` : ''}`,
  ].join('\n');
}

/** All addresses of a family, which is more than the connection in question. */
function opensAll(allowed: Allowed | undefined): boolean {
  return allowed?.type === 'blocks' && allowed.cidrs.some((cidr) => cidr.endsWith('/0'));
}
