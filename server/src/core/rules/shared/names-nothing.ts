/** A name that leads to no object: the judgement and its words, for every kind that names another. */
import type { Draft, Fix, Related, Text } from '../../finding';
import { list, say } from '../../finding';
import { tableOf } from '../../kinds/table';
import type { Links } from '../../links';
import type { Reference, Resource } from '../../resource';
import { sameKind } from '../../resource';
import { isNamespaceSlip, isUnreferenced, nearNamed, notFound, strayed, unreferencedSiblings } from './evidence';
import { mayBeNamedByOperator } from './operated';
import { fieldPath, followName } from './name-reference';
import { certain, changeName, inNamespace, mention, named, replace } from './words';

/** What is particular to a reference. The texts continue the sentence and start with what separates them from it. */
export interface Missing {
  /** What follows from it: `, so nothing uses these addresses`. */
  readonly consequence?: string;
  /** Why one of another namespace is not meant: `, and an Ingress reaches Services of its own namespace only`. */
  readonly boundary?: string | undefined;
  /** What is said where nothing here could be meant. */
  readonly alone?: string;
  /** Which objects of the same file may be meant though their names differ; none when it is left out. */
  readonly mayBeMeant?: (candidate: Resource) => boolean;
  /** Many name one such object, so that it may be meant although others name it too. */
  readonly shared?: boolean;
}

/** What to say when a reference leads to nothing here; undefined when it leads somewhere, or that cannot be told. */
export function namesNothing(from: Resource, reference: Reference, links: Links, missing: Missing): Draft | undefined {
  const { to, maybe, elsewhere, unknown } = links.resolve(from, reference);
  if (unknown || to.length > 0 || maybe.length > 0 || links.hasUnreadable(from)) return undefined;
  if (mayBeNamedByOperator(from, reference.name.text, links)) return undefined;
  const [renamed] = links.formerly(from, reference);
  if (renamed) return namesFormerName(from, reference, renamed, links, missing);
  const { mayBeMeant, shared = false } = missing;
  // The namespace beside the name is that of the object that is looked for.
  const seeker = reference.namespace ? { ...from, namespace: reference.namespace.text } : from;
  const near = nearNamed(from, reference, links, shared);
  const siblings = mayBeMeant
    ? unreferencedSiblings(from, reference.target, seeker.namespace, links).filter(mayBeMeant)
    : [];
  const beside = mayBeMeant
    ? strayed(seeker, elsewhere).filter(
        (other) => shared || isUnreferenced(other, from, links) || isNamespaceSlip(seeker, other, links),
      )
    : [];
  const meant = near.length > 0 ? near : elsewhere.length > 0 ? [] : siblings;
  const renaming = changeName(
    reference.name,
    meant.map((to) => links.nameFor(from, reference, to)),
  );
  const { kind } = reference.target;
  return {
    level: notFound(
      from,
      links,
      (other) => sameKind(other, reference.target) && (other.clusterScoped || other.namespace === seeker.namespace),
      near,
      siblings,
      beside,
    ),
    at: reference.name.origin,
    path: reference.path,
    message: say`no ${kind} ${tableOf(reference.target)?.clusterScoped ? 'here' : inNamespace(seeker)} is named ${reference.name.text}${missing.consequence}${reason(from, near, elsewhere, siblings, missing)}`,
    related: (meant.length > 0 ? meant : elsewhere).slice(0, 3).map(mention),
    fixes: [
      ...(near.length > 0 ? certain(renaming) : renaming),
      ...changeNamespace(reference, meant.length > 0 ? [] : beside),
    ],
  };
}

/** Kustomize follows the fields that it knows only, when it renames an object; those of custom kinds it must be told. */
function namesFormerName(
  from: Resource,
  reference: Reference,
  to: Resource,
  links: Links,
  { consequence }: Missing,
): Draft {
  const { kind } = reference.target;
  return {
    level: 'warning',
    at: reference.name.origin,
    path: reference.path,
    message: say`no ${kind} ${inNamespace(from)} is named ${reference.name.text}${consequence}: the kustomization renames it to ${to.name}, and kustomize does not follow ${fieldPath(reference) ?? reference.path} of ${from.kind}; add it to the nameReference of ${kind} in a file of configurations`,
    related: [mention(to), ...renamedAt(to)],
    fixes: followName(from, reference, links),
  };
}

/** The places that gave an object its name: prefixes and suffixes. */
export function renamedAt({ names: { name } }: Resource): Related[] {
  return (name?.origin.via ?? []).map((at) => ({ at, message: say`renamed here` }));
}

/** Fixes that name the namespace in which such an object is. */
function changeNamespace({ namespace: written }: Reference, to: readonly Resource[]): Fix[] {
  const namespaces = [...new Set(to.flatMap(({ namespace }) => namespace ?? []))];
  return written ? namespaces.flatMap((namespace) => replace(`Change to ${namespace}`, written, namespace)) : [];
}

function reason(
  { kind }: Resource,
  near: readonly Resource[],
  elsewhere: readonly Resource[],
  siblings: readonly Resource[],
  { boundary, alone }: Missing,
): Text {
  if (near.length > 0) return say`; the nearest is ${list(near.slice(0, 3).map(named), 'or')}`;
  const [other] = elsewhere;
  if (other) return say`; ${named(other)} is in namespace ${other.namespace}${boundary}`;
  if (siblings.length === 0) return say`${alone}`;
  return say`; there is ${list(siblings.slice(0, 3).map(named))}, which no ${kind} names`;
}
