/** Rules that fixes add to a NetworkPolicy, in the style of its file. */
import type { Fix } from '../../finding';
import type { Links } from '../../links';
import { namespaceNameLabel } from '../../network/policy/meaning';
import { field } from '../../path';
import type { Direction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Label, Resource } from '../../resource';
import type { Written } from './list-edits';
import { addItem } from './list-edits';
import { writtenTree } from './written-tree';

/** A fix that adds a rule behind the others; none where the policy is not written so that it can be. */
export function addRule(policy: Resource, direction: Direction, rule: Written, title: string, links: Links): Fix[] {
  const tree = policy.owned ? undefined : writtenTree(policy, links);
  const edit = tree && addItem(links.text(policy), field(tree, 'spec'), direction, rule);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** The rule that lets pods ask the DNS server of the cluster, which runs in kube-system under this label everywhere. */
export const dnsRule: Written = {
  to: [
    {
      namespaceSelector: { matchLabels: { [namespaceNameLabel]: 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** A peer that means these pods in a policy of another object's namespace; undefined where their namespace is not known. */
export function podsPeer(
  policy: Pick<Resource, 'namespace'>,
  workload: Resource,
  labels: readonly Label[],
): Written | undefined {
  const pods = { matchLabels: Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text])) };
  if (policy.namespace === workload.namespace) return { podSelector: pods };
  if (workload.namespace === undefined) return undefined;
  return {
    namespaceSelector: { matchLabels: { [namespaceNameLabel]: workload.namespace } },
    podSelector: pods,
  };
}

/** The smallest rule that lets pods in or out: one peer, one port. */
export function smallestRule(direction: Direction, peer: Written, protocol: Protocol, port: number): Written {
  return { [direction === 'ingress' ? 'from' : 'to']: [peer], ports: [{ protocol, port }] };
}
