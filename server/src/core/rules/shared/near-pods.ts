/** Pods, and other objects that are chosen by their labels, that a selector may have been meant to select. */
import { labelKey, labelKeyField, labelValueField } from '../../keys';
import type { Links } from '../../links';
import { namespacesAgree } from '../../links';
import { inFileOrder } from '../../lookup';
import { isNear } from '../../near';
import { chosenBy, podsMatch } from '../../pods-match';
import type { Label, Resource, SelectorUse } from '../../resource';
import { isClose, speaksFor } from './evidence';
import { onceAFile } from './once-a-file';

/** A workload, or another object that is chosen by its labels, that one changed pair would select. */
export interface NearPods {
  readonly workload: Resource;
  /** The pair of the selector that differs. */
  readonly pair: Label;
  /** The label of the pod template that was probably meant; undefined when the template lacks the key. */
  readonly meant: Label | undefined;
}

/** No other object of the referrer's kind selects these pods. */
export function isUnselected(workload: Resource, from: Resource, links: Links): boolean {
  return links.selectedBy(workload, [from]).every((other) => other.from === from);
}

/** Two keys that are nearly the same and have the same value, or the referrer itself speaks for the value. */
function isSlip(from: Resource, { pair, meant, workload }: NearPods): boolean {
  if (meant === undefined) return false;
  if (meant.key.text !== pair.key.text) return isNear(pair.key.text, meant.key.text);
  const isAlike = isNear(pair.value.text, meant.value.text);
  return isAlike && speaksFor(from, meant.value.text, pair.value.text, from.uri === workload.uri);
}

/** Nobody writes selectors with more pairs than this by hand. */
const MAX_PAIRS = 50;

/**
 * Workloads that a selector misses by one slip: one value or key is nearly right, or one of three or more pairs
 * differs. The closest come first.
 */
export function nearPods(from: Resource, use: SelectorUse, links: Links): NearPods[] {
  const found = new Map<Resource, NearPods>();
  const consider = (pair: Label, key: string) => {
    for (const workload of closeTo(key, from, use, links)) {
      if (found.has(workload) || !isInReach(from, use, workload) || !matchesWithout(use, pair, workload)) continue;
      const labels = chosenBy(use.selects, workload)?.labels ?? [];
      const meant =
        labels.find((label) => label.key.text === pair.key.text) ??
        labels.find((label) => label.value.text === pair.value.text && isNear(label.key.text, pair.key.text)) ??
        labels.find((label) => label.value.text === pair.value.text);
      found.set(workload, { workload, pair, meant });
    }
  };
  for (const pair of use.pairs.length > MAX_PAIRS ? [] : use.pairs) {
    for (const value of links.near(labelValueField(pair.key.text, use.selects), pair.value.text))
      consider(pair, labelKey(pair.key.text, value, use.selects));
    for (const key of links.near(labelKeyField(pair.value.text, use.selects), pair.key.text))
      consider(pair, labelKey(key, pair.value.text, use.selects));
  }
  if (found.size === 0 && use.pairs.length >= 3 && use.pairs.length <= MAX_PAIRS) {
    // Whoever lacks one pair has all the others, so it has the first or the second of them.
    const [first, second] = use.pairs;
    for (const pair of use.pairs) {
      const other = pair === first ? second : first;
      if (other) consider(pair, labelKey(other.key.text, other.value.text, use.selects));
    }
  }
  return few(
    [...found.values()].sort((a, b) => inFileOrder(a.workload, b.workload)),
    (near) => isUnselected(near.workload, from, links) || isSlip(from, near),
  );
}

/** The namespaces, as written, that a selector chooses from. */
export function namespacesOf(from: Resource, use: SelectorUse): readonly (string | undefined)[] {
  return use.namespaces?.map(({ text }) => text) ?? [use.anyNamespace ? undefined : from.namespace];
}

function closeTo(key: string, from: Resource, use: SelectorUse, links: Links): Set<Resource> {
  return new Set(namespacesOf(from, use).flatMap((namespace) => links.close(key, from, namespace)));
}

function isInReach(from: Resource, use: SelectorUse, to: Resource): boolean {
  return namespacesOf(from, use).some((namespace) => isClose({ ...from, namespace }, to));
}

/** The first few of those chosen, among the first hundred: a message names three, and a file may hold thousands. */
function few<T>(items: readonly T[], chosen: (item: T) => boolean): T[] {
  const found: T[] = [];
  for (const item of items.slice(0, 100)) {
    if (chosen(item)) found.push(item);
    if (found.length === 4) break;
  }
  return found;
}

function matchesWithout(use: SelectorUse, pair: Label, workload: Resource): boolean {
  const chosen = chosenBy(use.selects, workload);
  if (use.selector === 'nothing' || !chosen) return false;
  const requirements = use.selector.requirements.filter(({ key }) => key !== pair.key.text);
  return podsMatch({ ...use, selector: { requirements } }, chosen);
}

/** Workloads whose pods serve. */
const servingIn = onceAFile((file) => file.filter((resource) => resource.pods?.ends === false));

/** What the selector could choose in the same file, of a namespace in its reach, and nothing of the referrer's kind selects yet. */
export function unselectedSiblings(from: Resource, use: SelectorUse, links: Links): Resource[] {
  const siblings = links.siblings(from);
  const candidates = use.selects === 'pods' ? servingIn(siblings) : siblings;
  const namespaces = namespacesOf(from, use);
  return few(
    use.selects === 'pods' ? candidates : candidates.filter((other) => chosenBy(use.selects, other) !== undefined),
    (other) =>
      namespaces.some((namespace) => namespacesAgree(namespace, other.namespace) !== 'no') &&
      isUnselected(other, from, links),
  );
}
