/**
 * Strategic merge as kyaml does it (kyaml/yaml/walk, merge2): maps merge, lists with merge keys merge item by item and
 * new items come first, null removes, `$patch` deletes or replaces. What the patch writes keeps the patch's spans.
 */
import type { Entry, MapValue, Value } from '../../value';
import { entry, get } from '../../value';
import { isNull, writtenInto } from './made';
import { mergeItems } from './merge-list';
import type { Shape } from './merge-keys';
import { shapeOf } from './merge-keys';
import { fail } from './problem';
import { withoutEntry } from './tree';

export const directiveKey = '$patch';

/** The object with the patch merged into it; undefined when the patch deletes it. */
export function mergeResource(
  tree: MapValue,
  patch: MapValue,
  shapes?: ReadonlyMap<string, Shape>,
): MapValue | undefined {
  // A patch that replaces the whole object changes nothing: so does the real tool.
  if (directiveOf(patch) === 'replace') return tree;
  const merged = merge(tree, patch, shapeOf(tree, shapes), '');
  return merged?.type === 'map' ? merged : undefined;
}

/** Merges two values of which one may be missing; undefined when nothing is left. */
export function merge(
  target: Value | undefined,
  patch: Value | undefined,
  shape: Shape | undefined,
  path: string,
): Value | undefined {
  const first = isNull(target) ? patch : target;
  if (first === undefined || isNull(first))
    // A null with its word stays where no patch speaks of it; an empty one is dropped.
    return patch === undefined && target?.type === 'scalar' && target.text !== '' ? target : undefined;
  for (const other of [target, patch])
    if (other && !isNull(other) && other.type !== first.type)
      return fail(
        'patch-conflict',
        `${path === '' ? 'the patch' : path} is a ${first.type} in the object and a ${other.type} in the patch`,
        other.origin,
      );
  if (patch !== undefined && isNull(patch)) return undefined;
  if (first.type === 'scalar')
    return patch === undefined ? target : writtenInto(patch, isNull(target) ? undefined : target);
  if (first.type === 'map') return mergeMaps(mapOf(target), mapOf(patch), shape, path);
  const lists = {
    target: target?.type === 'list' ? target : undefined,
    patch: patch?.type === 'list' ? patch : undefined,
  };
  if (shape?.merge === undefined) return lists.patch ?? lists.target;
  return mergeItems(lists.target, lists.patch, shape.merge, shape.items, path);
}

function mapOf(value: Value | undefined): MapValue | undefined {
  return value?.type === 'map' ? value : undefined;
}

export type Directive = 'merge' | 'replace' | 'delete';

/** What `$patch` says in a map of a patch. */
export function directiveOf(patch: Value | undefined): Directive {
  const found = get(patch, directiveKey);
  if (found === undefined) return 'merge';
  if (found.type === 'scalar' && (found.text === 'merge' || found.text === 'replace' || found.text === 'delete'))
    return found.text;
  return fail('invalid-patch', '$patch is merge, replace or delete', found.origin);
}

function mergeMaps(
  target: MapValue | undefined,
  patch: MapValue | undefined,
  shape: Shape | undefined,
  path: string,
): Value | undefined {
  const directive = directiveOf(patch);
  if (directive === 'delete') return undefined;
  const said = patch && withoutEntry(patch, directiveKey);
  // New items of lists are merged with themselves.
  if (target === undefined || target === patch || directive === 'replace')
    return said && mergeFields(said, said, shape, path);
  return mergeFields(target, said, shape, path);
}

function mergeFields(target: MapValue, patch: MapValue | undefined, shape: Shape | undefined, path: string): MapValue {
  const merged = (key: Entry['key'], from: Value | undefined, by: Value | undefined): Entry | undefined => {
    const value = merge(from, by, shape?.fields?.[key.text], path === '' ? key.text : `${path}.${key.text}`);
    return value && { key, value };
  };
  const entries = [
    ...target.entries.map(({ key, value }) => merged(key, value, entry(patch, key.text)?.value)),
    ...(patch?.entries ?? [])
      .filter(({ key }) => !entry(target, key.text))
      .map(({ key, value }) => merged(key, undefined, value)),
  ].filter((one) => one !== undefined);
  const isSame =
    entries.length === target.entries.length &&
    entries.every(({ value }, index) => value === target.entries[index]?.value);
  return isSame ? target : { ...target, entries };
}
