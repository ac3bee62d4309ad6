/**
 * How sure a finding is (DESIGN: findings are graded by evidence). Something that is not found here may live in the
 * cluster: information. It is a warning only with evidence here: a near miss, or an unclaimed candidate in the same file.
 */
import { folderOf } from '../../bundle/directory';
import type { Level } from '../../finding';
import { nameField, nameKey, namespaceKey } from '../../keys';
import type { Links } from '../../links';
import { namespacesAgree } from '../../links';
import { inFileOrder } from '../../lookup';
import { isNear } from '../../near';
import type { GroupKind, Reference, Resource } from '../../resource';

/** Same folder, or the same namespace written on both sides: only there a slip is likely. */
export function isClose(from: Resource, to: Resource): boolean {
  if (namespacesAgree(from.namespace, to.namespace) === 'no' || to.owned) return false;
  return folderOf(from.uri) === folderOf(to.uri) || (from.namespace !== undefined && from.namespace === to.namespace);
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
export function speaksFor(from: Resource, meant: string, written: string, inOneFile: boolean): boolean {
  const words = (text: string) => `-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
  const own = [from.name ?? '', ...from.labels.map(({ value }) => value.text)].map(words);
  if (own.some((text) => text.includes(words(written)))) return false;
  return inOneFile || own.some((text) => text.includes(words(meant)));
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
