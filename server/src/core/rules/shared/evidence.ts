/**
 * How sure a finding is (DESIGN: findings are graded by evidence). Something that is not found here may live in the
 * cluster: information. It is a warning only with evidence here: a near miss, or an unclaimed candidate in the same file.
 */
import { folderOf } from '../../bundle/directory';
import type { Level } from '../../finding';
import { labelKey, labelKeyField, labelValueField, nameField, nameKey, namespaceKey } from '../../keys';
import type { Links } from '../../links';
import { inFileOrder } from '../../lookup';
import { isNear } from '../../near';
import { namespacesAgree } from '../../links';
import { chosenBy, podsMatch } from '../../pods-match';
import type { GroupKind, Label, Reference, Resource, SelectorUse } from '../../resource';
import { isOperated } from './operated';

/** A workload, or another object that is chosen by its labels, that one changed pair would select. */
export interface NearPods {
  readonly workload: Resource;
  /** The pair of the selector that differs. */
  readonly pair: Label;
  /** The label of the pod template that was probably meant; undefined when the template lacks the key. */
  readonly meant: Label | undefined;
}

/** Same folder, or the same namespace written on both sides: only there a slip is likely. */
function isClose(from: Resource, to: Resource): boolean {
  if (namespacesAgree(from.namespace, to.namespace) === 'no' || to.owned) return false;
  return folderOf(from.uri) === folderOf(to.uri) || (from.namespace !== undefined && from.namespace === to.namespace);
}

/** No other object of the referrer's kind selects these pods. */
export function isUnselected(workload: Resource, from: Resource, links: Links): boolean {
  return links.selectedBy(workload, [from]).every((other) => other.from === from);
}

/** No other object of the referrer's kind names this one. */
export function isUnreferenced(target: Resource, from: Resource, links: Links): boolean {
  return links
    .referrers(target)
    .every((other) => other.from === from || other.from.kind !== from.kind || other.from.group !== from.group);
}

/**
 * The referrer's own name or labels hold the word that was probably meant, and not the one that is written: a slip even
 * where others use the candidate too. In one file it is enough that the written word stands nowhere else in the referrer.
 */
function speaksFor(from: Resource, meant: string, written: string, inOneFile: boolean): boolean {
  const words = (text: string) => `-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
  const own = [from.name ?? '', ...from.labels.map(({ value }) => value.text)].map(words);
  if (own.some((text) => text.includes(words(written)))) return false;
  return inOneFile || own.some((text) => text.includes(words(meant)));
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

/** Objects whose name is nearly the one that a reference writes. `shared`: it does not count that others name it too. */
export function nearNamed(from: Resource, reference: Reference, links: Links, shared = false): Resource[] {
  const wanted = reference.namespace?.text ?? from.namespace;
  const close = (to: Resource) =>
    to.clusterScoped ? folderOf(to.uri) === folderOf(from.uri) : isClose({ ...from, namespace: wanted }, to);
  const written = reference.name.text;
  const named = links
    .near(nameField(reference.target), written)
    .flatMap((name) => links.close(nameKey(reference.target, name), from, wanted));
  return [...new Set([...named, ...links.formerly(from, reference, (former) => isNear(written, former))])]
    .filter(
      (candidate) =>
        close(candidate) &&
        (shared ||
          isUnreferenced(candidate, from, links) ||
          speaksFor(from, candidate.name ?? '', written, from.uri === candidate.uri)),
    )
    .sort(inFileOrder);
}

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

/** Objects of the wanted kind in the same file, in an agreeing namespace, that nothing of the referrer's kind names yet. */
export function unreferencedSiblings(
  from: Resource,
  wanted: GroupKind,
  namespace: string | undefined,
  links: Links,
): Resource[] {
  const free = links
    .siblings(from)
    .filter((other) => other !== from && other.group === wanted.group && other.kind === wanted.kind)
    .filter(
      (other) =>
        (other.clusterScoped || namespacesAgree(namespace, other.namespace) !== 'no') &&
        isUnreferenced(other, from, links),
    );
  return free.slice(0, MANY).filter((other) => !isMeantByOthers(other, from, links));
}

/** Of more candidates than this none is more probable than another. */
const MANY = 16;

/** Another referrer of the file has its name, or nearly: the slip is there. */
function isMeantByOthers(target: Resource, from: Resource, links: Links): boolean {
  const name = target.name ?? '';
  return links
    .siblings(from)
    .some(
      (other) =>
        other !== from &&
        other.group === from.group &&
        other.kind === from.kind &&
        other.references.some(
          (reference) =>
            reference.target.kind === target.kind &&
            (reference.name.text === name || isNear(reference.name.text, name)),
        ),
    );
}

/**
 * Of the objects that only their namespace keeps apart, those where the namespace is probably the slip: it is nearly the
 * same, or both stand in one file.
 */
export function strayed(from: Resource, elsewhere: readonly Resource[]): Resource[] {
  const { namespace } = from;
  return elsewhere.filter(
    (other) =>
      other.uri === from.uri ||
      (folderOf(other.uri) === folderOf(from.uri) &&
        namespace !== undefined &&
        other.namespace !== undefined &&
        isNear(namespace, other.namespace)),
  );
}

/** Nothing else here is in the namespace that it names, and the other's is nearly the same: a slip even where others use it too. */
export function isNamespaceSlip(from: Resource, other: Resource, links: Links): boolean {
  const { namespace } = from;
  if (namespace === undefined || other.namespace === undefined || !isNear(namespace, other.namespace)) return false;
  const declared = nameKey({ group: '', kind: 'Namespace' }, namespace);
  return [namespaceKey(namespace), declared].every((key) => {
    for (const { resources } of links.rings(key, from)) if (resources.some((item) => item !== from)) return false;
    return true;
  });
}

/**
 * The level of "not found here": a warning with evidence, information without, unless a setting says which. In a rendered
 * bundle that is complete it is evidence that others of the wanted kind are in the namespace: this one would be too.
 */
export function notFound(
  from: Resource,
  links: Links,
  isWanted: (other: Resource) => boolean,
  ...evidence: readonly (readonly unknown[])[]
): Level {
  const closed = links.closedWorld(from);
  if (closed !== 'auto') return closed === 'always' ? 'warning' : 'information';
  const isMissed = () => links.isComplete(from) === true && links.siblings(from).some(isWanted);
  return evidence.some((found) => found.length > 0) || isMissed() ? 'warning' : 'information';
}

/**
 * Custom resources make objects that no manifest shows, named after themselves: Elasticsearch `logs` makes the Service
 * `logs-es-http`, a Knative-like `web` the Service `web`.
 */
export function mayBeNamedByOperator(from: Resource, name: string, links: Links): boolean {
  return operatedIn(links.siblings(from)).some(
    (other) => other.name !== undefined && (name === other.name || name.startsWith(`${other.name}-`)),
  );
}

const operatedIn = choice(isOperated);

/** Workloads whose pods serve. */
const servingIn = choice((resource) => resource.pods?.ends === false);

/** Chooses among the resources of a file, once a file: each of them asks, and there may be thousands. */
function choice(chosen: (resource: Resource) => boolean): (file: readonly Resource[]) => readonly Resource[] {
  const known = new WeakMap<readonly Resource[], readonly Resource[]>();
  return (file) => {
    const answer = known.get(file) ?? file.filter(chosen);
    known.set(file, answer);
    return answer;
  };
}

/**
 * Custom resources make pods that no manifest shows. One in the same file whose name or label value the selector asks
 * for, also with more after a dash, explains a selector that matches nothing.
 */
export function mayBeMadeByOperator(from: Resource, use: SelectorUse, links: Links): boolean {
  const operated = operatedIn(links.siblings(from));
  return use.pairs.some(({ value: { text: wanted } }) =>
    operated.some(
      ({ name, labels }) =>
        (name !== undefined && (wanted === name || wanted.startsWith(`${name}-`))) ||
        labels.some(({ value }) => value.text === wanted),
    ),
  );
}
