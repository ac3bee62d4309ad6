/** Fields of objects as kustomize's configuration names them, and setting them (api/filters/fieldspec). */
import type { MapValue, Origin, Scalar, Span, Value } from '../../value';
import { entry } from '../../value';
import type { Gvk } from './identity';
import { gvkOf, idOf, isSelected, showId } from './identity';
import { list, map, text } from './made';
import { fail } from './problem';
import { withEntry, withItems } from './tree';

/** `path` has keys with slashes between; every item of a list on the way is meant, and `key[]` must be a list. */
export interface FieldSpec extends Partial<Gvk> {
  readonly path: string;
  /** Maps and the field itself are made where they are missing. */
  readonly create?: boolean;
}

const paths = new Map<string, readonly string[]>();

/** The keys of a path; `\/` is a slash inside a key. */
export function splitPath(path: string): readonly string[] {
  const known = paths.get(path);
  if (known) return known;
  const parts = path
    .replace(/^\//, '')
    .split(/(?<!\\)\//)
    .map((part) => part.replaceAll('\\/', '/'));
  // The tables name a few hundred paths; what configurations and replacements of a workspace add is bounded too.
  if (paths.size > MAX_PATHS) paths.clear();
  paths.set(path, parts);
  return parts;
}

const MAX_PATHS = 2000;

const chosen = new WeakMap<readonly FieldSpec[], Map<string, readonly FieldSpec[]>>();

/** The specs that are about objects of the kind of this one. */
export function specsFor(specs: readonly FieldSpec[], tree: Value): readonly FieldSpec[] {
  return specsOfKind(specs, gvkOf(tree));
}

/** The specs that are about objects of a kind. Tables have a hundred rows, and objects are of few kinds. */
export function specsOfKind(specs: readonly FieldSpec[], gvk: Gvk): readonly FieldSpec[] {
  const key = `${gvk.group}/${gvk.version}/${gvk.kind}`;
  let byKind = chosen.get(specs);
  if (!byKind) chosen.set(specs, (byKind = new Map<string, readonly FieldSpec[]>()));
  let answer = byKind.get(key);
  if (!answer) byKind.set(key, (answer = specs.filter((spec) => isSelected(gvk, spec))));
  return answer;
}

/** What stands at a field, changed. A field that is made comes as an empty map, or as undefined for scalars. */
export type SetField = (value: Value | undefined) => Value | undefined;

export interface Making {
  /** What a missing field becomes before it is set; `none` never makes one. */
  readonly kind: 'map' | 'scalar' | 'none';
  /** Where made keys and maps come from. */
  readonly at: Origin;
}

/** The object with the field set, when the spec is about objects of its kind. */
export function setField(tree: MapValue, spec: FieldSpec, making: Making, set: SetField): MapValue {
  return isSelected(gvkOf(tree), spec) ? setSelected(tree, spec, making, set) : tree;
}

/** The object with the field set; the spec is known to be about objects of its kind. */
export function setSelected(tree: MapValue, spec: FieldSpec, making: Making, set: SetField): MapValue {
  const changed = walk(tree, splitPath(spec.path), 0, spec, making, set, tree);
  return changed?.type === 'map' ? changed : tree;
}

function walk(
  value: Value | undefined,
  path: readonly string[],
  depth: number,
  spec: FieldSpec,
  making: Making,
  set: SetField,
  tree: MapValue,
): Value | undefined {
  const part = path[depth];
  if (part === undefined) return set(value);
  if (value === undefined || (value.type === 'scalar' && value.value === null)) return value;
  if (value.type === 'list')
    return withItems(
      value,
      value.items.map((item) => walk(item, path, depth, spec, making, set, tree) ?? item),
    );
  if (value.type === 'scalar')
    return fail(
      'invalid-configuration',
      `${spec.path} of ${showId(idOf(tree))} leads through ${shown(value)}, where a map or list must be`,
      value.origin,
    );
  const isList = part.endsWith('[]');
  const key = isList ? part.slice(0, -2) : part;
  const found = entry(value, key);
  const makes = spec.create === true && making.kind !== 'none' && !isList;
  if (!found && !makes) return value;
  const old = found?.value;
  const start = isUnwritten(old) ? made(path.length - depth - 1, isList, makes, old, making) : old;
  const changed = walk(start, path, depth + 1, spec, making, set, tree);
  if (changed === undefined || changed === old) return value;
  return withEntry(value, found?.key ?? text(key, { ...making.at, verbatim: false }), changed);
}

function shown({ text, value }: Scalar): string {
  return /^.{1,40}$/.test(text) ? text : typeof value === 'string' ? 'a text' : 'a value';
}

function isUnwritten(value: Value | undefined): boolean {
  return value === undefined || (value.type === 'scalar' && value.value === null);
}

function made(
  left: number,
  isList: boolean,
  makes: boolean,
  old: Value | undefined,
  { kind, at }: Making,
): Value | undefined {
  const origin = { ...at, verbatim: false };
  if (isList) return old && list([], old.origin);
  if (!makes) return old;
  if (left > 0 || kind === 'map') return map([], old?.origin ?? origin);
  return undefined;
}

/** The entries of a kustomization as one place: from its first key to its last value. */
export function spanOf(value: MapValue): Span {
  const { uri, start, end } = value.origin;
  return { uri, start, end };
}
