/** An object on its way through a build. */
import type { MapValue, Origin, Scalar, Span } from '../../value';
import type { Id, PreviousId } from './identity';
import { effectiveNamespace, gvkOf, idOf, sameId } from './identity';

/**
 * The one mutable thing of a build: its tree is replaced step by step. Items never leave the build; the trees in them
 * are immutable.
 */
export interface Item {
  tree: MapValue;
  /** Oldest first; the present identity is not among them. */
  previous: PreviousId[];
  prefixes: string[];
  suffixes: string[];
  /** Where a name hash was asked for. */
  hash: Span | undefined;
  behavior: 'create' | 'merge' | 'replace';
  /** A generator made it. */
  isGenerated: boolean;
  /** The vars that read this object. */
  vars: string[];
  /** Labels that one transformer made in several fields (shared-labels.ts). */
  shared: Scalar[];
  /** The document or generator entry that the object came from. */
  readonly source: Origin;
  /** The text of the annotations that `buildMetadata` asks for. */
  origin: string | undefined;
  transformations: string[];
}

export function newItem(tree: MapValue, source: Origin, origin: string | undefined): Item {
  return {
    tree,
    previous: [],
    prefixes: [],
    suffixes: [],
    hash: undefined,
    behavior: 'create',
    isGenerated: false,
    vars: [],
    shared: [],
    source,
    origin,
    transformations: [],
  };
}

/** Remembers what the object is called now, before a step that may change it. */
export function rememberId(item: Item): void {
  const id = idOf(item.tree);
  item.previous.push({ kind: id.kind, name: id.name, namespace: effectiveNamespace(id) });
}

/** All former identities, oldest first. Only kind, name and namespace are remembered; group and version are today's. */
export function previousIds(item: Item): Id[] {
  return item.previous.map((id) => formerId(item.tree, id));
}

export function originalId({ tree, previous: [first] }: Item): Id {
  return first ? formerId(tree, first) : idOf(tree);
}

function formerId(tree: MapValue, { kind, name, namespace }: PreviousId): Id {
  const { group, version } = gvkOf(tree);
  return { group, version, kind, name, namespace };
}

export function allIds(item: Item): Id[] {
  return [...previousIds(item), idOf(item.tree)];
}

/** True when the object has the identity, or once had it. */
export function isOrWas(item: Item, id: Id): boolean {
  // Most objects never had the name, and patches ask all of them.
  if (idOf(item.tree).name !== id.name && item.previous.every(({ name }) => name !== id.name)) return false;
  return allIds(item).some((one) => sameId(one, id));
}
