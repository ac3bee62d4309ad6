/** `patches`, `patchesStrategicMerge` and `patchesJson6902`: finding what a patch changes, and changing it. */
import type { ListValue, MapValue, Scalar, Span, Value } from '../../value';
import { entries, get, scalar } from '../../value';
import type { Context } from './context';
import { attempt } from './context';
import type { Id } from './identity';
import { effectiveNamespace, idOf, sameGvk, showId } from './identity';
import { idleTarget, noteIdle } from './idle';
import type { Item } from './item';
import { allIds, isOrWas, rememberId } from './item';
import { applyJsonPatch } from './json-patch';
import type { Root } from './kustomization';
import { isTrue } from './kustomization';
import { isNull, textual } from './made';
import type { Noted } from './notes';
import { forgetNotes, forgetOrigins, hasNotes, withNotes, withoutNotes } from './notes';
import { readInline, readPatch } from './patch-text';
import { fail } from './problem';
import { createMemory } from './remembered';
import { selectItems } from './select';
import { mergeResource } from './strategic-merge';
import { mapValues, removeIn, setIn } from './tree';

/** An entry of `patches`. */
export function applyPatchEntry(context: Context, root: Root, items: Item[], entry: Value): void {
  const patch = readPatch(context, root, scalar(entry, 'path'), scalar(entry, 'patch'), entry.origin);
  const target = get(entry, 'target');
  if (patch.type === 'json') {
    applyJson(context, root, items, target, patch.operations, entry, true);
    return;
  }
  const options = get(entry, 'options');
  const anyTarget = target !== undefined && !isNull(target);
  const allows = allowing({
    name: isTrue(options, 'allowNameChange'),
    kind: isTrue(options, 'allowKindChange'),
    anyTarget,
    hasNotes: false,
  });
  if (!anyTarget) {
    for (const one of patch.patches)
      attempt(context, () => mergeByName(context, items, one, allows, entry.origin), undefined);
    return;
  }
  const [only, other] = patch.patches;
  if (other) fail('invalid-patch', 'a patch with a target holds one object', other.origin);
  if (!only) return;
  for (const item of chosen(context, root, items, target, entry))
    attempt(context, () => applyMerge(context, items, item, only, allows, entry.origin), undefined);
  refuseTwins(items, entry.origin);
}

/** Two objects of one identity do not build, once a patch with a target has gone through them. */
function refuseTwins(items: readonly Item[], at: Span): void {
  const seen = new Map<string, Item>();
  for (const item of items) {
    const id = idOf(item.tree);
    const twin = seen.get(id.key);
    if (twin) fail('duplicate-id', `the patches make two objects ${showId(id)}`, at, { other: twin.source });
    seen.set(id.key, item);
  }
}

/** Maps of metadata whose values are texts. */
const textMaps = ['labels', 'annotations'];

/**
 * A patch with a target takes the version of each object, and its labels and annotations are texts: null is `null`. So
 * does one of `patchesStrategicMerge`.
 */
function forTarget(patch: MapValue, tree: MapValue): MapValue {
  const version = get(tree, 'apiVersion');
  const versioned = version ? setIn(patch, ['apiVersion'], version, version.origin) : patch;
  return textMaps.reduce((to, key) => {
    const pairs = get(to, 'metadata', key);
    if (pairs === undefined) return to;
    if (pairs.type !== 'map' || pairs.entries.length === 0) return removeIn(to, ['metadata', key]);
    return setIn(to, ['metadata', key], mapValues(pairs, textual), pairs.origin);
  }, versioned);
}

/** What a patch may do; there is one object for each choice, so that they can be compared. */
interface Allows {
  /** Change the name of the object, and its kind. */
  readonly name: boolean;
  readonly kind: boolean;
  /** Change objects of any version, with texts for labels and annotations. */
  readonly anyTarget: boolean;
  /** Something was noted of the object that is changed. */
  readonly hasNotes: boolean;
}

const choices = [false, true];
const allowances: readonly Allows[] = choices.flatMap((name) =>
  choices.flatMap((kind) =>
    choices.flatMap((anyTarget) => choices.map((hasNotes) => ({ name, kind, anyTarget, hasNotes }))),
  ),
);

/** What patches of `patchesStrategicMerge` may do. */
const nothing = allowing({ name: false, kind: false, anyTarget: true, hasNotes: false });

function allowing(wanted: Allows): Allows {
  const keys = ['name', 'kind', 'anyTarget', 'hasNotes'] as const;
  return allowances.find((one) => keys.every((key) => one[key] === wanted[key])) ?? wanted;
}

/** A patch without a target changes the one object that has, or once had, its identity. */
function mergeByName(context: Context, items: Item[], patch: MapValue, allows: Allows, by: Span): void {
  const id = idOf(patch);
  const found = items.filter((item) => isOrWas(item, id));
  const name = scalar(patch, 'metadata', 'name')?.origin ?? patch.origin;
  const [item, other] = found;
  if (!item)
    return fail('target-not-found', `no object here is ${describe(id)}`, name, {
      wanted: id.name,
      candidates: candidates(items, id),
    });
  if (other) return fail('ambiguous-target', `several objects here are or were ${describe(id)}`, name);
  applyMerge(context, items, item, patch, allows, by);
}

function describe(id: Id): string {
  return `${showId(id)} (${id.group === '' ? '' : `${id.group}/`}${id.version})`;
}

/** The names of objects of the patch's kind, for near misses. */
function candidates(items: readonly Item[], id: Id): string[] {
  return items.flatMap((item) =>
    allIds(item)
      .filter((other) => sameGvk(other, id) && effectiveNamespace(other) === effectiveNamespace(id))
      .map(({ name }) => name),
  );
}

const remembered = createMemory<Noted | undefined>();

function applyMerge(context: Context, items: Item[], item: Item, patch: MapValue, allows: Allows, by: Span): void {
  const { tree } = item;
  if (allows.name || allows.kind) rememberId(item);
  const how = allowing({ ...allows, hasNotes: hasNotes(item) });
  const make = () => merged(tree, patch, how, context.shapes);
  const result = context.shapes ? make() : remembered(patch, how, tree, make);
  note(context, item, patch, by);
  if (result === undefined) {
    items.splice(items.indexOf(item), 1);
    return;
  }
  if (!result.areKept) forgetNotes(item);
  item.tree = result.tree;
}

/**
 * The object with the patch merged into it; undefined when nothing is left. Kind, name and namespace stay what they were
 * unless the patch is allowed to change them.
 */
function merged(tree: MapValue, patch: MapValue, how: Allows, shapes: Context['shapes']): Noted | undefined {
  const texts = how.name || how.kind ? withTextual(patch) : patch;
  const said = how.anyTarget ? forTarget(patch, tree) : texts;
  const all = mergeResource(how.hasNotes ? withNotes(tree) : tree, said, shapes);
  if (all === undefined || all.entries.length === 0) return undefined;
  const { tree: plain, areKept } = how.hasNotes ? withoutNotes(all) : { tree: all, areKept: true };
  let result = plain;
  if (!how.kind) result = keep(result, tree, ['kind']);
  if (!how.name) result = keep(result, tree, ['metadata', 'name']);
  return { tree: keep(result, tree, ['metadata', 'namespace']), areKept };
}

/** Remembers that the patch is applied to the object. */
function note({ patched }: Context, { tree, source }: Item, patch: MapValue | ListValue, by: Span): void {
  const name = scalar(tree, 'metadata', 'name')?.origin ?? source;
  const hasNullText = textMaps.some((key) => entries(get(patch, 'metadata', key)).some(({ value }) => isNull(value)));
  patched.push({ by, patch: patch.origin, hasNullText, source, name, object: showId(idOf(tree)) });
}

function keep(tree: MapValue, from: MapValue, path: readonly string[]): MapValue {
  const old = get(from, ...path);
  const now = get(tree, ...path);
  if (old === now) return tree;
  if (old !== undefined) return setIn(tree, path, old, old.origin);
  // An object without a namespace gets none from a patch, whatever it says.
  return path.at(-1) === 'namespace' && now !== undefined ? withoutNamespace(tree) : tree;
}

function withoutNamespace(tree: MapValue): MapValue {
  const metadata = get(tree, 'metadata');
  if (metadata?.type !== 'map') return tree;
  const rest: MapValue = { ...metadata, entries: metadata.entries.filter(({ key }) => key.text !== 'namespace') };
  return setIn(tree, ['metadata'], rest, metadata.origin);
}

/** What the target of a patch selects; that it selects nothing is noted. */
function chosen(context: Context, root: Root, items: readonly Item[], target: Value, entry: Value): Item[] {
  const found = selectItems(items, target);
  if (found.length === 0) noteIdle(context, root, idleTarget('patches', items, target, entry));
  return found;
}

const rememberedJson = createMemory<Noted>();
/** What stands for objects with notes, and for those without, where that is all that the answer depends on. */
const withAnyNotes = {};
const withNone = {};

/**
 * Operations on every object that the target selects; one that does not apply leaves the object as it was. `remembers`
 * says that the name before the patch still counts afterwards.
 */
export function applyJson(
  context: Context,
  root: Root,
  items: readonly Item[],
  target: Value | undefined,
  operations: ListValue,
  entry: Value,
  remembers: boolean,
): void {
  if (target === undefined || isNull(target)) return fail('invalid-patch', 'a JSON patch needs a target', entry.origin);
  for (const item of chosen(context, root, items, target, entry)) {
    if (remembers) rememberId(item);
    // The object is written as JSON and read again, so that no label is shared any longer.
    item.shared = [];
    attempt(
      context,
      () => {
        const isNoted = hasNotes(item);
        const { tree, areKept } = rememberedJson(operations, isNoted ? withAnyNotes : withNone, item.tree, () =>
          patched(item.tree, operations, isNoted),
        );
        item.tree = tree;
        // Names and affixes are put back, and what else was noted is not.
        if (!areKept) forgetOrigins(item);
        note(context, item, operations, entry.origin);
      },
      undefined,
    );
  }
}

function patched(tree: MapValue, operations: ListValue, isNoted: boolean): Noted {
  const all = applyJsonPatch(isNoted ? withNotes(tree) : tree, operations);
  const { tree: plain, areKept } = isNoted ? withoutNotes(all) : { tree: all, areKept: true };
  return { tree: withTextual(plain), areKept };
}

/** The object with texts for annotations; what is no map goes away. */
function withTextual(tree: MapValue): MapValue {
  const annotations = get(tree, 'metadata', 'annotations');
  if (annotations === undefined) return tree;
  if (annotations.type !== 'map' || annotations.entries.length === 0)
    return removeIn(tree, ['metadata', 'annotations']);
  const texts = mapValues(annotations, textual);
  return texts === annotations ? tree : setIn(tree, ['metadata', 'annotations'], texts, annotations.origin);
}

/** `patchesStrategicMerge`: each entry is a path, or objects written in place. */
export function applyMergeFile(context: Context, root: Root, items: Item[], written: Scalar): void {
  const isFile = !written.text.includes('\n') && !/^\s*[{]|:\s/.test(written.text);
  const patch = isFile
    ? readPatch(context, root, written, undefined, written.origin)
    : readInline(context, written, root);
  if (patch.type === 'json')
    return fail('invalid-patch', 'this is a JSON patch; patchesStrategicMerge takes objects', written.origin);
  for (const one of patch.patches)
    attempt(context, () => mergeByName(context, items, one, nothing, written.origin), undefined);
}

/** An entry of `patchesJson6902`. */
export function applyJsonEntry(context: Context, root: Root, items: readonly Item[], entry: Value): void {
  const patch = readPatch(context, root, scalar(entry, 'path'), scalar(entry, 'patch'), entry.origin);
  if (patch.type === 'merge') return fail('invalid-patch', 'patchesJson6902 takes a list of operations', entry.origin);
  applyJson(context, root, items, get(entry, 'target'), patch.operations, entry, false);
}
