/** The pods that a policy's peers and ports are about, as far as manifests show them. */
import { chosenKey } from '../../keys';
import { namespace as namespaceKind } from '../../kinds/namespace';
import type { Links } from '../../links';
import { servingContainers } from '../../network/endpoints';
import { meansPods, namespaceNameLabel } from '../../network/policy/meaning';
import type { PodsPeer, PolicyPort, PolicyRule } from '../../policy-facts';
import type { Resource } from '../../resource';
import { flatten } from '../../rings';

/** A port of a rule, and the workloads whose ports it means. */
export interface RulePort {
  readonly rule: PolicyRule;
  readonly port: PolicyPort;
  /** At least one; every one that is here. */
  readonly destinations: readonly Resource[];
}

/** Of more workloads than this none is looked at: the policy is about a whole namespace. */
const MAX_PODS = 30;

/** The ports of all rules of a policy whose destinations are here for certain: its own pods for ingress, the peers for egress. */
export function rulePorts(policy: Resource, links: Links): RulePort[] {
  const facts = policy.policy;
  if (!facts?.subject || facts.unclear || links.hasUnreadable(policy)) return [];
  const rules = [...(facts.ingress?.rules ?? []), ...(facts.egress?.rules ?? [])].filter(({ ports }) => ports?.length);
  return rules.flatMap((rule) => {
    const destinations = destinationsOf(policy, rule, links);
    return destinations.length > 0 ? (rule.ports ?? []).map((port) => ({ rule, port, destinations })) : [];
  });
}

/** None where some are not here, their containers are not written, or they are too many. */
function destinationsOf(policy: Resource, { direction, peers }: PolicyRule, links: Links): readonly Resource[] {
  const subject = policy.policy?.subject;
  const wanted = direction === 'ingress' ? (subject ? [subject] : []) : (peers ?? []);
  const found = new Set<Resource>();
  for (const peer of wanted) {
    const pods = peer.type === 'pods' ? podsOf(policy, peer, links) : [];
    if (pods.length === 0) return [];
    for (const workload of pods) found.add(workload);
  }
  const isShown = [...found].every(({ pods }) => pods && servingContainers(pods).length > 0);
  return isShown && found.size <= MAX_PODS ? [...found] : [];
}

/**
 * The workloads of whole namespaces, of those whose objects are here or whose pods stand in the file of the policy: of
 * others more pods may be elsewhere. None for a selector of all namespaces.
 */
function ofNamespaces(policy: Resource, { namespaces }: PodsPeer, links: Links): readonly Resource[] {
  if (namespaces === 'own' || namespaces.unknown || namespaces.selector === 'nothing') return [];
  const { requirements } = namespaces.selector;
  const named = requirements.flatMap(({ key, operator, values }) =>
    key === namespaceNameLabel && operator === 'In' ? values : [],
  );
  const objects = requirements.length === 0 ? [] : links.all(policy, namespaceKind).flatMap(({ name }) => name ?? []);
  return [...new Set([...named, ...objects])].flatMap((name) =>
    flatten(links.rings(chosenKey(name, 'pods'), policy)).filter(
      ({ namespace, uri, pods }) => pods && namespace === name && (uri === policy.uri || objects.includes(name)),
    ),
  );
}

/** The workloads that a peer or subject chooses for certain by its pod selector; none where others may be chosen too. */
export function podsOf(policy: Resource, peer: PodsPeer, links: Links): readonly Resource[] {
  const { to, unknown } = peer.pods
    ? links.select(policy, peer.pods)
    : { to: ofNamespaces(policy, peer, links), unknown: false };
  if (unknown) return [];
  const meant = to.map((workload) => ({ workload, meaning: meansPods(links, peer, policy, workload) }));
  return meant.some(({ meaning }) => meaning === 'maybe')
    ? []
    : meant.flatMap(({ workload, meaning }) => (meaning === 'yes' ? [workload] : []));
}
