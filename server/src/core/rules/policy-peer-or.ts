import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import { likely, namespacesAgree } from '../links';
import { meansNamespace } from '../network/policy/meaning';
import type { PodsPeer, PolicyRule } from '../policy-facts';
import type { Resource, SelectorUse } from '../resource';
import { sameKind } from '../resource';
import { formatSelector } from '../selector-text';
import { defineRule } from './define';
import { inNamespace, mention, named } from './shared/words';

/** Two items are two peers, each of which is enough; one item with both selectors means pods that meet both (NetworkPolicy documentation). */
export const policyPeerOr = defineRule({
  id: 'policy-peer-or',
  summary: 'A podSelector and a namespaceSelector are two peers where one with both was probably meant',
  levels: ['information'],
  about: ['policy'],
  *linked(resource, links) {
    const facts = resource.policy;
    if (!facts || !sameKind(resource, networkPolicy) || resource.owned || facts.unclear) return;
    for (const rule of [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])])
      yield* judge(resource, rule, links);
  },
});

/** A peer of the namespace of the policy, by labels of pods. */
type PodsOnly = PodsPeer & { readonly pods: SelectorUse };

function* judge(policy: Resource, { peers = [], direction }: PolicyRule, links: Links): Iterable<Draft> {
  for (const [index, first] of peers.entries()) {
    const second = peers[index + 1];
    if (first.type !== 'pods' || second?.type !== 'pods') continue;
    const pods = [first, second].find(isPodsOnly);
    const namespaces = [first, second].find((peer) => peer.namespaces !== 'own' && peer.pods === undefined);
    if (!pods || !namespaces || namespaces.namespaces === 'own') continue;
    const meant = meantTogether(policy, pods, namespaces, links);
    // With more items it is a list of who may come, unless these two make sense together only.
    if (meant === undefined || (meant.length === 0 && peers.length > 2)) continue;
    const { selector } = namespaces.namespaces;
    const whole =
      selector !== 'nothing' && selector.requirements.length > 0
        ? `all pods of the namespaces with ${formatSelector(selector)}`
        : 'all pods of all namespaces';
    yield {
      level: 'information',
      at: namespaces.namespaces.pairs[0]?.key.origin ?? namespaces.namespaces.at,
      path: namespaces.namespaces.path,
      message: say`these are two peers: this one ${direction === 'ingress' ? 'lets in' : 'opens the way to'} ${whole}, and the other one pods ${inNamespace(policy)} with ${formatSelector(pods.pods.selector)}, of which none is here${meant.length > 0 ? say`; ${list(meant.slice(0, 2).map(named))} ${meant.length === 1 ? 'meets' : 'meet'} both` : []}. Pods that meet both are one item with both selectors`,
      related: [
        { at: pods.pods.pairs[0]?.key.origin ?? pods.pods.at, message: say`the other peer` },
        ...meant.slice(0, 2).map(mention),
      ],
      fixes: first.at.uri === policy.at.uri ? merge(links.text(policy), first, second) : [],
    };
  }
}

function isPodsOnly(peer: PodsPeer): peer is PodsOnly {
  const { namespaces, pods } = peer;
  if (namespaces !== 'own' || !pods || pods.unknown || pods.selector === 'nothing') return false;
  return pods.selector.requirements.length > 0;
}

/** The pods here that meet both selectors; undefined where the podSelector means something in its own namespace already. */
function meantTogether(
  policy: Resource,
  { pods }: PodsOnly,
  namespaces: PodsPeer,
  links: Links,
): readonly Resource[] | undefined {
  const own = links.select(policy, pods);
  if (own.unknown || likely(own).some(({ namespace }) => namespacesAgree(namespace, policy.namespace) !== 'no'))
    return undefined;
  return own.elsewhere.filter(
    (workload) => meansNamespace(links, namespaces, policy, workload.namespace, workload) !== 'no',
  );
}

/** Joins two items of a list: the second one goes on where the first one ends. */
function merge(text: string, first: PodsPeer, second: PodsPeer): Fix[] {
  const title = 'Merge into one peer';
  const { uri } = first.at;
  const end = first.at.start + text.slice(first.at.start, first.at.end).trimEnd().length;
  const between = text.slice(end, second.at.start);
  if (uri !== second.at.uri || end > second.at.start) return [];
  if (/^\s*,\s*$/.test(between) && text[end - 1] === '}' && text[second.at.start] === '{') {
    const start = first.at.start + text.slice(first.at.start, end - 1).trimEnd().length;
    return [{ title, edits: [{ at: { uri, start, end: second.at.start + 1 }, newText: ',' }] }];
  }
  const dash = text.lastIndexOf('-', second.at.start);
  if (dash < end || !/^-\s+$/.test(text.slice(dash, second.at.start)) || text[second.at.start] === '{') return [];
  return text[first.at.start] === '{'
    ? []
    : [{ title, edits: [{ at: { uri, start: dash, end: dash + 1 }, newText: ' ' }] }];
}
