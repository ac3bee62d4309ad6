/** Whether a peer of a policy means the pods of a workload, in three values: labels of a namespace may stand in no manifest. */
import { allAddresses, parseAddress, parseCidr } from '../../cidr';
import { nameKey } from '../../keys';
import { namespace as namespaceKind } from '../../kinds/namespace';
import type { Requirement } from '../../labels';
import { everything, holds } from '../../labels';
import type { Links } from '../../links';
import { namespacesAgree } from '../../links';
import type { BlockPeer, PodsPeer, PolicyPeer } from '../../policy-facts';
import { mayHold } from '../../pods-match';
import type { Label, Resource, SelectorUse } from '../../resource';
import { labelTexts } from '../../resource';
import type { Ranges } from '../../ranges';
import { contains, intersection, rangesOf } from '../../ranges';
import { flatten } from '../../rings';
import { clusterNetwork } from '../cluster';
import { podFamilies } from './pools';

export type Certainty = 'yes' | 'maybe' | 'no';

/** The label that the API server gives every namespace. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/** What holds of at least one. */
export function weakest(all: readonly Certainty[]): Certainty {
  return all.includes('yes') ? 'yes' : all.includes('maybe') ? 'maybe' : 'no';
}

/** What holds of all together. */
export function strongest(all: readonly Certainty[]): Certainty {
  return all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'yes';
}

/** Whether a peer or subject of a policy means the pods of a workload. */
export function meansPods(links: Links, peer: PolicyPeer, policy: Resource, workload: Resource): Certainty {
  const { pods } = workload;
  if (!pods || peer.type === 'unknown') return 'maybe';
  const families = peer.type === 'block' ? podFamilies(clusterNetwork(links, workload)) : undefined;
  if (pods.hostNetwork) return meansNode(peer, families);
  if (peer.type === 'nodes') return 'no';
  if (peer.type === 'block') return holdsPods(peer, pods.addresses, families);
  // The labels stand in the workload; those of its namespace have to be looked for.
  const chosen = choosesLabels(peer.pods, workload);
  return chosen === 'no'
    ? 'no'
    : strongest([chosen, meansNamespace(links, peer, policy, workload.namespace, workload)]);
}

/**
 * Most plugins take pods of the host network for their node, so that no labels mean them (NetworkPolicy documentation,
 * hostNetwork pods). Which address the node has is not known, and some plugins count it as one of all pods; OpenShift gives
 * nodes a namespace of their own.
 */
function meansNode(peer: PolicyPeer, families: Ranges | undefined): Certainty {
  if (peer.type === 'block') return isWhole(peer, families) ? 'yes' : 'maybe';
  if (peer.type !== 'pods') return 'maybe';
  const selectors = [peer.namespaces, peer.pods].flatMap((use) => (use && use !== 'own' ? [use] : []));
  const keys = selectors.flatMap(({ selector }) =>
    selector === 'nothing' ? [] : selector.requirements.map(({ key }) => key),
  );
  const isOpen = selectors.some(({ unknown }) => unknown) || keys.some((key) => key.includes('openshift.io/'));
  return isOpen || (keys.length === 0 && peer.namespaces !== 'own') ? 'maybe' : 'no';
}

const named = new WeakMap<Links, Map<string, readonly (readonly Label[])[]>>();

/** The labels of the objects of a namespace, as a file sees them: every policy asks for them. */
function namespacesNamed(links: Links, name: string, near: Resource): readonly (readonly Label[])[] {
  const known = named.get(links) ?? new Map<string, readonly (readonly Label[])[]>();
  named.set(links, known);
  const question = `${name} ${near.uri}`;
  const found =
    known.get(question) ?? flatten(links.rings(nameKey(namespaceKind, name), near)).map(({ labels }) => labels);
  known.set(question, found);
  return found;
}

/** Whether a peer means pods of a namespace; `near` is a resource from where the namespace is looked for. */
export function meansNamespace(
  links: Links,
  { namespaces }: PodsPeer,
  policy: Resource,
  name: string | undefined,
  near: Resource,
): Certainty {
  if (namespaces === 'own') return namespacesAgree(policy.namespace, name);
  if (namespaces.unknown) return 'maybe';
  if (namespaces.selector === 'nothing') return 'no';
  const objects = name === undefined ? [] : namespacesNamed(links, name, near);
  return strongest(
    namespaces.selector.requirements.map((requirement): Certainty => {
      if (name === undefined) return 'maybe';
      if (requirement.key === namespaceNameLabel)
        return asCertainty(holds(requirement, new Map([[requirement.key, name]])));
      const answers = objects.map((labels) => holds(requirement, labelTexts(labels)));
      return answers.length === 0 || new Set(answers).size > 1 ? 'maybe' : asCertainty(answers[0] === true);
    }),
  );
}

/** Whether a pod selector chooses the pods of a workload by their labels alone. */
export function choosesLabels(use: SelectorUse | undefined, { pods, owned }: Resource): Certainty {
  if (!use) return 'yes';
  if (use.unknown) return 'maybe';
  if (use.selector === 'nothing') return 'no';
  const labels = labelTexts(pods?.labels ?? []);
  const isOpen = (requirement: Requirement) =>
    owned || pods?.openLabels.some((label) => mayHold(requirement, label)) === true;
  return strongest(
    use.selector.requirements.map((requirement): Certainty =>
      holds(requirement, labels) ? 'yes' : isOpen(requirement) ? 'maybe' : 'no',
    ),
  );
}

const asCertainty = (holds: boolean): Certainty => (holds ? 'yes' : 'no');

/** Where clusters take the addresses of pods and nodes from: RFC 1918, 6598, 3927 and 4193. */
export const privateRanges = rangesOf(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', 'fc00::/7'].flatMap(
    (text) => parseCidr(text)?.range ?? [],
  ),
);

/** True when addresses of a cluster can be in a block. */
function mayHoldPrivate({ ranges }: BlockPeer): boolean {
  return intersection(ranges, privateRanges).length > 0;
}

/**
 * True when every address of a cluster is in a block: all of its families, which is IPv4 alone unless ranges say otherwise
 * (`podFamilies`). All of IPv6 alone says nothing for certain.
 */
export function isWhole({ ranges }: BlockPeer, families: Ranges = allAddresses.slice(0, 1)): boolean {
  return contains(ranges, families);
}

/** Of a pod that is not taken from a cluster no address is known, but that it is one of a cluster. */
function holdsPods(peer: BlockPeer, addresses: readonly string[], families: Ranges | undefined): Certainty {
  const points = addresses.flatMap((text) => parseAddress(text)?.point ?? []);
  if (points.length > 0)
    return asCertainty(points.some((point) => contains(peer.ranges, [{ first: point, last: point }])));
  return isWhole(peer, families) ? 'yes' : mayHoldPrivate(peer) ? 'maybe' : 'no';
}

/** A peer in the place of another one that means every pod. */
export function everyPod({ path, at }: PolicyPeer): PodsPeer {
  const namespaces: SelectorUse = {
    role: 'allows',
    selects: 'namespaces',
    selector: everything,
    pairs: [],
    unknown: false,
    anyNamespace: true,
    path,
    at,
  };
  return { type: 'pods', namespaces, pods: undefined, path, at };
}
