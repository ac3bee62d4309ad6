/** A few words above a policy: how many workloads it isolates, and how many of those here may come in and go out. */
import type { Links } from '../links';
import { podsOfPeer } from '../network/policy/peer-pods';
import type { PolicyRule } from '../policy-facts';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import { count } from './markdown';

export interface PolicyWords {
  readonly words: string;
  /** The workloads that it is about: none in the network of their nodes. */
  readonly workloads: readonly Resource[];
}

/** `isolates 3 workloads; lets in 2`. Undefined where a template decides, and for what is no NetworkPolicy. */
export function policyLensWords(links: Links, policy: Resource): PolicyWords | undefined {
  const { policy: facts } = policy;
  const use = podSelector(policy);
  if (!facts || facts.tier !== 'NetworkPolicy' || facts.unclear || !use) return undefined;
  const { to: chosen, maybe, unknown } = links.select(policy, use);
  if (unknown || (chosen.length === 0 && maybe.length > 0)) return undefined;
  const to = chosen.filter(({ pods }) => !pods?.hostNetwork);
  const { ingress, egress } = facts;
  const parts = [
    to.length === 0 ? 'isolates no workload here' : `isolates ${count(to.length, 'workload')}`,
    ...(ingress ? [partyWords(links, policy, ingress.rules, 'lets in')] : []),
    ...(egress ? [partyWords(links, policy, egress.rules, 'lets out to')] : []),
  ];
  return { words: parts.join('; '), workloads: to };
}

/** Pods of whole namespaces are not counted, nor are addresses. */
function partyWords(links: Links, policy: Resource, rules: readonly PolicyRule[], verb: string): string {
  if (rules.length === 0) return `${verb} nobody`;
  if (rules.some(({ peers }) => !peers)) return `${verb} everybody`;
  const peers = rules.flatMap((rule) => rule.peers ?? []);
  const found = new Set(peers.flatMap((peer) => (peer.type === 'pods' ? podsOfPeer(links, policy, peer) : [])));
  const namespaces = peers.some((peer) => peer.type === 'pods' && !peer.pods);
  const blocks = peers.some(({ type }) => type === 'block');
  const others = [...(namespaces ? ['namespaces'] : []), ...(blocks ? ['addresses'] : [])];
  const elsewhere = peers.some((peer) => peer.type === 'pods' && peer.namespaces !== 'own');
  if (found.size === 0 && others.length === 0) return `${verb} ${elsewhere ? 'pods elsewhere' : 'nobody here'}`;
  const words = [...(found.size > 0 ? [String(found.size)] : []), ...others];
  return `${verb} ${words.slice(0, -1).join(', ')}${words.length > 1 ? ' and ' : ''}${words.at(-1) ?? ''}`;
}
