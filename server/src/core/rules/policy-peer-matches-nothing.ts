import type { Draft } from '../finding';
import { say } from '../finding';
import { chosenKey } from '../keys';
import type { Links } from '../links';
import { areOnNodes } from '../network/policy/entry-verdicts';
import { meansNamespace } from '../network/policy/meaning';
import { speaksOfSystem } from '../network/policy/systems';
import type { PodsPeer } from '../policy-facts';
import type { Resource, SelectorUse } from '../resource';
import { formatSelector } from '../selector-text';
import { defineRule } from './define';
import { nodeWords } from './shared/blocked';
import { strayed } from './shared/evidence';
import { nearPods } from './shared/near-pods';
import { mayBeMadeByOperator } from './shared/operated';
import { namespacesMatchNothing } from './shared/peer-namespaces';
import { inNamespace, mention, named, pairText, replace } from './shared/words';
import { isNear } from '../near';

/** A peer that means no pod opens nothing. Peers may well be elsewhere, so only what is nearly here is a mistake. */
export const policyPeerMatchesNothing = defineRule({
  id: 'policy-peer-matches-nothing',
  summary: 'A peer of a policy matches no pod or namespace here',
  levels: ['warning', 'information'],
  about: ['policy'],
  *linked(resource, links) {
    const facts = resource.policy;
    if (!facts || resource.owned || facts.unclear || links.hasUnreadable(resource)) return;
    for (const rule of [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])])
      for (const peer of rule.peers ?? []) {
        const draft = peer.type === 'pods' ? judge(resource, peer, links) : undefined;
        if (draft) yield draft;
      }
  },
});

function judge(policy: Resource, peer: PodsPeer, links: Links): Draft | undefined {
  const { namespaces, pods } = peer;
  if (namespaces !== 'own') {
    const draft = namespacesMatchNothing(policy, namespaces, links);
    if (draft) return draft;
  }
  if (!pods || pods.unknown || pods.selector === 'nothing' || pods.selector.requirements.length === 0) return undefined;
  return podsMatchNothing(policy, peer, pods, links);
}

function podsMatchNothing(policy: Resource, peer: PodsPeer, use: SelectorUse, links: Links): Draft | undefined {
  const { to, maybe, elsewhere, unknown } = links.select(policy, use);
  const isHome = (workload: Resource) => meansNamespace(links, peer, policy, workload.namespace, workload) !== 'no';
  const here = to.filter(isHome);
  if (unknown || maybe.some(isHome) || mayBeMadeByOperator(policy, use, links)) return undefined;
  if (here.length > 0) return areOnNodes(here) ? onNodes(peer, use, here) : undefined;
  const near = nearPods(policy, use, links).filter(({ workload }) => isHome(workload));
  const [first] = near;
  if (first) {
    const { workload, pair, meant } = first;
    const isSure =
      workload.uri === policy.uri || (policy.namespace !== undefined && policy.namespace === workload.namespace);
    const fixes = near.flatMap(({ meant }) =>
      meant && meant.key.text === pair.key.text
        ? replace(`Change to ${pairText(meant)}`, pair.value, meant.value.text)
        : meant
          ? replace(`Change to ${pairText(meant)}`, pair.key, meant.key.text)
          : [],
    );
    const isSlip =
      meant !== undefined && (isNear(pair.value.text, meant.value.text) || meant.key.text !== pair.key.text);
    return {
      level: isSure && isSlip ? 'warning' : 'information',
      at: meant && meant.key.text !== pair.key.text ? pair.key.origin : pair.value.origin,
      path: use.path,
      message: say`the peer means nobody: no pod ${where(policy, peer)} has ${pairText(pair)}; ${named(workload)} has ${meant ? pairText(meant) : `no label ${pair.key.text}`}`,
      related: near.slice(0, 3).map((item) => mention(item.workload)),
      fixes,
    };
  }
  const [stray] = strayed(policy, [...elsewhere, ...to]);
  if (stray?.namespace !== undefined) return strayedPeer(policy, peer, use, stray);
  if (peer.namespaces !== 'own' || speaksOfSystem(use) || !hasPods(policy, links)) return undefined;
  return {
    level: links.closedWorld(policy) === 'always' ? 'warning' : 'information',
    at: use.pairs[0]?.value.origin ?? use.at,
    path: use.path,
    message: say`no pod ${where(policy, peer)} has ${formatSelector(use.selector)}, so the peer means nobody here`,
  };
}

/** Pods that have the labels, and that most plugins do not see as pods. */
function onNodes({ at, path }: PodsPeer, { pairs }: SelectorUse, here: readonly Resource[]): Draft {
  return {
    level: 'information',
    at: pairs[0]?.value.origin ?? at,
    path,
    message: say`the peer means nobody${nodeWords(here)}`,
    related: here.slice(0, 3).map(mention),
  };
}

/** Pods that have the labels, in a namespace that the peer does not mean. */
function strayedPeer(policy: Resource, peer: PodsPeer, use: SelectorUse, stray: Resource): Draft {
  const isSure = stray.uri === policy.uri && policy.namespace !== undefined;
  return {
    level: isSure ? 'warning' : 'information',
    at: use.pairs[0]?.value.origin ?? use.at,
    path: use.path,
    message: say`the peer means nobody: no pod ${where(policy, peer)} has ${formatSelector(use.selector)}; ${named(stray)} has it, but in namespace ${stray.namespace}${peer.namespaces === 'own' ? ': a podSelector alone means pods of the namespace of the policy' : ', which the namespaceSelector does not mean'}`,
    related: [mention(stray)],
  };
}

/** Where the pods of a peer would be. */
function where(policy: Resource, { namespaces }: PodsPeer): string {
  if (namespaces === 'own') return inNamespace(policy);
  return namespaces.selector !== 'nothing' && namespaces.selector.requirements.length > 0
    ? `in namespaces with ${formatSelector(namespaces.selector)}`
    : 'here';
}

/** Others of the namespace are here, so that this one could be too. */
function hasPods(policy: Resource, links: Links): boolean {
  for (const { resources } of links.rings(chosenKey(policy.namespace, 'pods'), policy))
    if (resources.length > 0) return true;
  return false;
}
