/** Rules that fixes add to a NetworkPolicy, in the style of its file. */
import type { Fix } from '../../finding';
import type { Links } from '../../links';
import { folderOf } from '../../bundle/directory';
import type { Address } from '../../cidr';
import { singleBlock } from '../../cidr';
import { clusterNetwork } from '../../network/cluster';
import { nodeAddresses } from '../../network/machines';
import { namespaceNameLabel } from '../../network/policy/meaning';
import { field } from '../../path';
import type { Direction } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Label, Resource } from '../../resource';
import type { Scalar } from '../../value';
import type { Written } from './list-edits';
import { addItem } from './list-edits';
import { writtenTree } from './written-tree';

/** A fix that adds a rule behind the others; none where the policy is not written so that it can be. */
export function addRule(policy: Resource, direction: Direction, rule: Written, title: string, links: Links): Fix[] {
  const tree = policy.owned || isPatched(policy, direction) ? undefined : writtenTree(policy, links);
  const edit = tree && addItem(links.text(policy), field(tree, 'spec'), direction, rule);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** A patch of a kustomization writes rules of this direction: what the policy's own file says may not count. */
function isPatched({ policy, at }: Resource, direction: Direction): boolean {
  const said = policy?.[direction];
  return said !== undefined && [said, ...said.rules].some((part) => part.at.uri !== at.uri);
}

/** A kustomization adds labels to what the policy selects, so that its peers mean pods of its own only. */
export function labelsAddedTo({ selectors, at }: Resource): Label | undefined {
  return selectors.flatMap(({ pairs }) => pairs).find(({ key }) => key.origin.uri !== at.uri);
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

/**
 * A peer that means these pods in a policy of another object's namespace; undefined where they have no labels, since none
 * means all pods, where their namespace is not known, or where a kustomization says what else knows them: others who build on the file of the policy say it otherwise.
 */
export function podsPeer(
  policy: Pick<Resource, 'namespace'>,
  workload: Resource,
  labels: readonly Label[],
): Written | undefined {
  const own = labels.filter(({ value }) => !isSupplied(value, workload));
  if (own.length === 0) return undefined;
  const pods = { matchLabels: Object.fromEntries(own.map(({ key, value }) => [key.text, value.text])) };
  if (policy.namespace === workload.namespace) return { podSelector: pods };
  if (workload.namespace === undefined || isSupplied(workload.names.namespace, workload)) return undefined;
  return {
    namespaceSelector: { matchLabels: { [namespaceNameLabel]: workload.namespace } },
    podSelector: pods,
  };
}

/** A kustomization, or a patch in another folder, gives this value to an object of its bundle. */
function isSupplied(value: Scalar | undefined, { uri, at }: Resource): boolean {
  const isRendered = uri !== at.uri;
  return isRendered && value !== undefined && folderOf(value.origin.uri) !== folderOf(at.uri);
}

/** Peers that mean pods of the host network: the addresses of the nodes that are here. */
export function nodePeers(workload: Resource, links: Links): Written[] {
  return nodeAddresses(clusterNetwork(links, workload)).map(({ address }) => blockPeer(address));
}

/** The peer that means one address. */
export function blockPeer(address: Address): Written {
  return { ipBlock: { cidr: singleBlock(address) } };
}

/** The smallest rule that lets peers in or out on one port. */
export function smallestRule(
  direction: Direction,
  peers: readonly Written[],
  protocol: Protocol,
  port: number,
): Written {
  return { [direction === 'ingress' ? 'from' : 'to']: peers, ports: [{ protocol, port }] };
}
