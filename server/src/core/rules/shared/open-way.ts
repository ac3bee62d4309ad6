/** Edits that open what policies close to the pods of one workload, and to no others. */
import type { TextEdit } from '../../finding';
import { nameKey } from '../../keys';
import { networkPolicy } from '../../kinds/network-policy';
import type { Links } from '../../links';
import { namespacesAgree } from '../../links';
import type { Decision } from '../../network/policy/decide';
import { wholeOf } from '../../network/policy/numbered-pod';
import { ownLabels, ownPolicy } from '../../network/policy/own-policy';
import { field, scalarAt } from '../../path';
import type { Direction } from '../../policy-facts';
import type { Resource } from '../../resource';
import { addRule } from './add-policy-rule';
import type { Written } from './list-edits';
import { blockMap } from './list-edits';
import { addDocument, endOfDocument } from './new-document';
import { writtenTree } from './written-tree';

/** What is to be opened. */
export interface Opening {
  readonly workload: Resource;
  readonly direction: Direction;
  /** What the policies about the workload say of it now. */
  readonly decision: Decision;
  readonly rule: Written;
  /** Who is let in or out, for the name of a policy: `from-web`. */
  readonly why: string;
}

/**
 * Edits that add the rule to a policy that is about no other workload, else a new NetworkPolicy about this one. Undefined
 * where more than isolation is in the way, or nothing tells these pods from others.
 */
export function openWay({ workload, direction, decision, rule, why }: Opening, links: Links): TextEdit[] | undefined {
  if (decision.by !== 'isolation') return undefined;
  const own = ownPolicy(links, workload, decision);
  const [added] = own ? addRule(own, direction, rule, '', links) : [];
  if (added) return [...added.edits];
  // A new policy would be about all pods of the workload, and close those that no policy is about.
  if (wholeOf(workload) !== workload) return undefined;
  const labels = ownLabels(links, workload);
  const place = [...decision.policies, workload].find((item) => !item.owned && isPlace(item, links));
  const tree = place && writtenTree(place, links);
  if (!labels || !place || !tree) return undefined;
  const namespace =
    place.uri === place.at.uri ? workload.namespace : scalarAt(field(tree, 'metadata', 'namespace'))?.text;
  const document = blockMap({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: freeName(workload, why, links), ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      podSelector: { matchLabels: Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text])) },
      policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
      [direction]: [rule],
    },
  });
  const text = links.text(place);
  const end = endOfDocument(place, text);
  return end === undefined ? undefined : [addDocument(document.trimEnd().split('\n'), place.at.uri, text, end)];
}

function isPlace(resource: Resource, links: Links): boolean {
  return endOfDocument(resource, links.text(resource)) !== undefined;
}

/** A name that no policy near has. */
function freeName(workload: Resource, why: string, links: Links): string {
  const base = `${workload.name ?? workload.kind.toLowerCase()}-${why}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    const taken = [...links.rings(nameKey(networkPolicy, name), workload)].some(({ resources }) =>
      resources.some(({ namespace }) => namespacesAgree(namespace, workload.namespace) !== 'no'),
    );
    if (!taken) return name;
  }
}

/** Edits at one place become one, in this order: rules of a policy come before documents behind it. */
export function joinEdits(edits: readonly TextEdit[]): TextEdit[] {
  const places = new Map<string, TextEdit>();
  const inOrder = [...edits].sort((a, b) => Number(isDocument(a)) - Number(isDocument(b)));
  for (const edit of inOrder) {
    const { uri, start, end } = edit.at;
    const place = start === end ? `${uri} ${start}` : `${uri} ${start} ${end}`;
    const known = places.get(place);
    places.set(place, known ? { ...known, newText: known.newText.trimEnd() + edit.newText } : edit);
  }
  return [...places.values()];
}

const isDocument = ({ newText }: TextEdit) => /^\r?\n---\r?\n/.test(newText);
