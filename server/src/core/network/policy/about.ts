/** The policies about the pods of a workload, as links find them. */
import { folderOf } from '../../bundle/directory';
import { allKinds } from '../../kinds/table';
import { networkPolicy } from '../../kinds/network-policy';
import type { Links } from '../../links';
import type { Resource, SelectorUse } from '../../resource';
import { choosesLabels, meansPods } from './meaning';
import { wholeOf } from './numbered-pod';
import type { PlacedPolicy } from './world';
import { policiesOf } from './world';

export interface PolicyAbout {
  readonly placed: PlacedPolicy;
  /** It is about these pods whatever the manifests leave open. */
  readonly certain: boolean;
}

const clusterWide = allKinds.filter(({ policy }) => policy !== undefined && policy !== 'namespaced');
const known = new WeakMap<Links, Map<Resource, readonly PolicyAbout[]>>();

/** The policies about a workload's pods in the order in which they are asked. */
export function policiesAbout(links: Links, workload: Resource): readonly PolicyAbout[] {
  const workloads = known.get(links) ?? new Map<Resource, readonly PolicyAbout[]>();
  known.set(links, workloads);
  const found = workloads.get(workload) ?? findPolicies(links, workload);
  workloads.set(workload, found);
  return found;
}

function findPolicies(links: Links, workload: Resource): PolicyAbout[] {
  const certain = new Map<Resource, boolean>();
  for (const { from, use } of links.selectedBy(wholeOf(workload), [networkPolicy]))
    if (use.role === 'applies' && choosesLabels(use, workload) !== 'no')
      certain.set(from, isSurelyAbout(links, from, use, workload));
  for (const policy of clusterWide.flatMap((kind) => links.all(workload, kind))) {
    const subject = policy.policy?.subject;
    const meaning = subject ? meansPods(links, subject, policy, workload) : 'no';
    if (meaning !== 'no') certain.set(policy, meaning === 'yes' && !isDoubtful(links, policy, workload));
  }
  // Evaluation leaves out what a kustomization changes; here it may be there.
  const originals = new Map([...certain.keys()].map((item) => [item.owned ? { ...item, owned: false } : item, item]));
  return policiesOf({ resources: [...originals.keys()], namespace: '' }).map((placed) => {
    const policy = originals.get(placed.policy) ?? placed.policy;
    return { placed: { ...placed, policy }, certain: certain.get(policy) === true };
  });
}

function isSurelyAbout(links: Links, policy: Resource, use: SelectorUse, workload: Resource): boolean {
  const { requirements } = use.selector === 'nothing' ? { requirements: [] } : use.selector;
  const isOpen = requirements.some(({ key }) => workload.pods?.openLabels.some((label) => label.key === key));
  const isNear = policy.namespace !== undefined || folderOf(policy.uri) === folderOf(workload.uri);
  return (
    isNear &&
    !isOpen &&
    !isDoubtful(links, policy, workload) &&
    links.select(policy, use).to.includes(wholeOf(workload))
  );
}

/** A variant of what is nearer, or a file that a kustomization changes. */
function isDoubtful(links: Links, policy: Resource, workload: Resource): boolean {
  return (policy.owned && !workload.owned) || links.isAlternative(policy, workload.uri);
}
