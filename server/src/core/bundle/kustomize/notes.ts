/**
 * What the real tool notes of an object (former names, prefixes, hashes, origins) stands in annotations of the object
 * itself while it builds. So patches find annotations where none are written, and a patch that takes all annotations
 * away takes the notes with them.
 */
import type { MapValue } from '../../value';
import { entry, get } from '../../value';
import type { Item } from './item';
import { map, text } from './made';
import { removeIn, setIn, withEntry, withoutEntry } from './tree';

/** The annotation that stands for all notes while a patch is applied. */
const mark = 'internal.config.kubernetes.io/notes';
const path = ['metadata', 'annotations'];

/** True when something is noted of the object. */
export function hasNotes({ previous, prefixes, suffixes, hash, isGenerated, origin, transformations }: Item): boolean {
  return (
    [previous, prefixes, suffixes, transformations].some(({ length }) => length > 0) ||
    hash !== undefined ||
    isGenerated ||
    origin !== undefined
  );
}

/** An object of which something is noted, as a patch finds it. */
export function withNotes(tree: MapValue): MapValue {
  const at = { ...tree.origin, verbatim: false };
  const old = get(tree, ...path);
  const annotations = old?.type === 'map' ? old : map([], at);
  return setIn(tree, path, withEntry(annotations, text(mark, at), text('', at)), at);
}

/** A patched object, and whether the notes that it had are still there. */
export interface Noted {
  readonly tree: MapValue;
  readonly areKept: boolean;
}

/** The patched object without the mark. Annotations that hold nothing else go with it. */
export function withoutNotes(tree: MapValue): Noted {
  const annotations = get(tree, ...path);
  if (annotations?.type !== 'map' || !entry(annotations, mark)) return { tree, areKept: false };
  const rest = withoutEntry(annotations, mark);
  return {
    tree: rest.entries.length > 0 ? setIn(tree, path, rest, rest.origin) : removeIn(tree, path),
    areKept: true,
  };
}

/** Forgets where the object came from and what changed it. */
export function forgetOrigins(item: Item): void {
  item.origin = undefined;
  item.transformations = [];
}

/** Forgets all that was noted of the object. */
export function forgetNotes(item: Item): void {
  forgetOrigins(item);
  item.previous = [];
  item.prefixes = [];
  item.suffixes = [];
  item.hash = undefined;
  item.isGenerated = false;
}
