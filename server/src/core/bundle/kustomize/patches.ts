/** `patches`, `patchesStrategicMerge` and `patchesJson6902`: finding what a patch changes, and changing it. */
import type { ListValue, MapValue, Scalar, Span, Value } from '../../value';
import { get, scalar } from '../../value';
import type { Context } from './context';
import { attempt, documentsOf, readDocuments, readText } from './context';
import type { Id } from './identity';
import { effectiveNamespace, idOf, sameGvk, showId } from './identity';
import { idleTarget, noteIdle } from './idle';
import { inlineText, placed } from './inline';
import type { Item } from './item';
import { allIds, isOrWas, rememberId } from './item';
import { applyJsonPatch } from './json-patch';
import type { Root } from './kustomization';
import { isTrue } from './kustomization';
import { objectsOf } from './load';
import { isNull, textual } from './made';
import { pathsLike } from './paths-like';
import { isBelow, resolvePath } from './paths';
import { fail, isFailure, leaveOut } from './problem';
import { createMemory } from './remembered';
import { selectItems } from './select';
import { mergeResource } from './strategic-merge';
import { mapValues, removeIn, setIn } from './tree';

/** What a patch text is: objects to merge, or operations. */
export type PatchContent =
  | { readonly type: 'merge'; readonly patches: readonly MapValue[] }
  | { readonly type: 'json'; readonly operations: ListValue };

/** Reads a patch of a file, or one written in the kustomization. */
export function readPatch(
  context: Context,
  root: Root,
  path: Scalar | undefined,
  inline: Scalar | undefined,
  at: Span,
): PatchContent {
  if (inline && inline.text.trim() !== '') {
    if (path && path.text !== '') return fail('invalid-patch', 'a patch has a path or a text, not both', path.origin);
    return readInline(context, inline, root);
  }
  if (!path || path.text === '') return fail('invalid-patch', 'a patch has a path or a text', at);
  const { uri, text } = readLocal(context, root, path);
  return content(path, text, (reading) => documentsOf(context, uri, text, reading));
}

/** The text of a file that a field names; URLs are left out. It must lie in the folder of the kustomization or below it. */
export function readLocal(context: Context, root: Root, path: Scalar): { readonly uri: string; readonly text: string } {
  if (/^https?:\/\//.test(path.text)) leaveOut('remote', `${path.text} is fetched from elsewhere`, path.origin);
  const uri = resolvePath(root.folder, path.text);
  const found = readText(context, uri);
  if (found === undefined)
    return fail('file-not-found', `there is no file ${path.text}`, path.origin, {
      wanted: path.text,
      candidates: pathsLike(context, root, path.text),
    });
  if (!context.loadsAnywhere && !isBelow(uri, root.folder))
    return fail(
      'outside-root',
      `${path.text} lies outside the folder of the kustomization: kustomize reads files inside it only`,
      path.origin,
    );
  return { uri, text: found };
}

const inlineContents = new WeakMap<Scalar, PatchContent>();

export function readInline(context: Context, inline: Scalar, root: Root): PatchContent {
  const known = inlineContents.get(inline);
  if (known) return known;
  const around = context.files.text(inline.origin.uri) ?? context.files.text(root.uri) ?? '';
  const part = inlineText(inline, around);
  const found = content(inline, part.text, (reading) =>
    readDocuments(inline.origin.uri, part.text, reading).map((document) => ({
      ...document,
      value: document.value && placed(document.value, part),
      problems: document.problems.map(({ message }) => ({ message, span: inline.origin })),
    })),
  );
  inlineContents.set(inline, found);
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `text` is what the real tool looks at to tell JSON from YAML. */
function content(
  at: Scalar,
  text: string,
  read: (reading: 'kustomize' | 'kubectl') => ReturnType<typeof documentsOf>,
): PatchContent {
  const empty = () => fail('invalid-patch', 'the patch is empty', at.origin);
  if (text.startsWith('[') && !isJson(text))
    return fail('invalid-patch', 'a patch that starts with [ must be JSON, with all its texts in quotes', at.origin);
  const [first] = read('kubectl');
  if (first?.value?.type === 'list' && first.problems.length === 0)
    return first.value.items.length > 0 ? { type: 'json', operations: first.value } : empty();
  const patches = patchesOf(at, read('kustomize'));
  return patches.length > 0 ? { type: 'merge', patches } : empty();
}

function patchesOf(at: Scalar, documents: ReturnType<typeof documentsOf>): MapValue[] {
  try {
    return objectsOf(documents);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { span, message, code } = error.failure;
    return fail(
      code === 'invalid-yaml' ? code : 'invalid-patch',
      `this is no patch: ${message}`,
      span.uri === '' ? at.origin : span,
    );
  }
}

/** An entry of `patches`. */
export function applyPatchEntry(context: Context, root: Root, items: Item[], entry: Value): void {
  const patch = readPatch(context, root, scalar(entry, 'path'), scalar(entry, 'patch'), entry.origin);
  const target = get(entry, 'target');
  if (patch.type === 'json') {
    applyJson(context, root, items, target, patch.operations, entry);
    return;
  }
  const options = get(entry, 'options');
  const anyTarget = target !== undefined && !isNull(target);
  const allows = allowing({
    name: isTrue(options, 'allowNameChange'),
    kind: isTrue(options, 'allowKindChange'),
    anyTarget,
  });
  if (!anyTarget) {
    for (const one of patch.patches)
      attempt(context, () => mergeByName(context, items, one, allows, entry.origin), undefined);
    return;
  }
  const [only, other] = patch.patches;
  if (other) fail('invalid-patch', 'a patch with a target holds one object', other.origin);
  if (only)
    for (const item of chosen(context, root, items, target, entry))
      attempt(context, () => applyMerge(context, items, item, only, allows, entry.origin), undefined);
}

/** A patch with a target takes the version of each object, and its labels and annotations are texts: null is `null`. */
function forTarget(patch: MapValue, tree: MapValue): MapValue {
  const version = get(tree, 'apiVersion');
  const versioned = version ? setIn(patch, ['apiVersion'], version, version.origin) : patch;
  return ['labels', 'annotations'].reduce((to, key) => {
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
  /** Change objects of any identity: a target chooses them. */
  readonly anyTarget: boolean;
}

const choices = [false, true];
const allowances: readonly Allows[] = choices.flatMap((name) =>
  choices.flatMap((kind) => choices.map((anyTarget) => ({ name, kind, anyTarget }))),
);

const nothing = allowing({ name: false, kind: false, anyTarget: false });

function allowing(wanted: Allows): Allows {
  const { name, kind, anyTarget } = wanted;
  return allowances.find((one) => one.name === name && one.kind === kind && one.anyTarget === anyTarget) ?? wanted;
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

const remembered = createMemory<MapValue | undefined>();

function applyMerge(context: Context, items: Item[], item: Item, patch: MapValue, allows: Allows, by: Span): void {
  const { tree } = item;
  const make = () => merged(tree, patch, allows, context.shapes);
  const result = context.shapes ? make() : remembered(patch, allows, tree, make);
  note(context, item, patch.origin, by);
  if (result === undefined) {
    items.splice(items.indexOf(item), 1);
    return;
  }
  if (allows.name || allows.kind) rememberId(item);
  item.tree = result;
}

/**
 * The object with the patch merged into it; undefined when nothing is left. Kind, name and namespace stay what they were
 * unless the patch is allowed to change them.
 */
function merged(tree: MapValue, patch: MapValue, allows: Allows, shapes: Context['shapes']): MapValue | undefined {
  let result = mergeResource(tree, allows.anyTarget ? forTarget(patch, tree) : patch, shapes);
  if (result === undefined || result.entries.length === 0) return undefined;
  if (!allows.kind) result = keep(result, tree, ['kind']);
  if (!allows.name) result = keep(result, tree, ['metadata', 'name']);
  return keep(result, tree, ['metadata', 'namespace']);
}

/** Remembers that the patch is applied to the object. */
function note({ patched }: Context, { tree, source }: Item, patch: Span, by: Span): void {
  const name = scalar(tree, 'metadata', 'name')?.origin ?? source;
  patched.push({ by, patch, source, name, object: showId(idOf(tree)) });
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

const rememberedJson = createMemory<MapValue>();

/** Operations on every object that the target selects; one that does not apply leaves the object as it was. */
export function applyJson(
  context: Context,
  root: Root,
  items: readonly Item[],
  target: Value | undefined,
  operations: ListValue,
  entry: Value,
): void {
  if (target === undefined || isNull(target)) return fail('invalid-patch', 'a JSON patch needs a target', entry.origin);
  for (const item of chosen(context, root, items, target, entry)) {
    rememberId(item);
    // The object is written as JSON and read again, so that no label is shared any longer.
    item.shared = [];
    attempt(
      context,
      () => {
        item.tree = rememberedJson(operations, undefined, item.tree, () => applyJsonPatch(item.tree, operations));
        note(context, item, operations.origin, entry.origin);
      },
      undefined,
    );
  }
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
  applyJson(context, root, items, get(entry, 'target'), patch.operations, entry);
}
