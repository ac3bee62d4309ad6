/** `replacements`: a field of one object copied into fields of others (api/filters/replacement). */
import { resolvePlain } from '../../scalars';
import type { MapValue, Origin, Scalar, Span, Value } from '../../value';
import { get, items as itemsOf, number, scalar } from '../../value';
import type { Context } from './context';
import { attempt, documentsOf } from './context';
import type { Gvk, Id } from './identity';
import { isSelected } from './identity';
import { idleTarget, noteIdle } from './idle';
import type { Item } from './item';
import { allIds } from './item';
import type { Root } from './kustomization';
import { isTrue, textsOf } from './kustomization';
import { derived, isNull, isUntyped, spansOf, text, untyped } from './made';
import { valueOf } from './load';
import { readLocal } from './local-file';
import { fail } from './problem';
import { changeAt, lookUp, pathParts } from './replacement-path';
import { matchesPairs } from './select';

/** One entry of `replacements`, or the file of entries that it names. */
export function replace(context: Context, root: Root, items: Item[], entry: Value): void {
  const path = scalar(entry, 'path');
  if (!path || path.text === '') {
    replaceOne(context, root, items, entry);
    return;
  }
  const { uri, text } = readLocal(context, root, path);
  for (const document of documentsOf(context, uri, text, 'kubectl')) {
    const value = valueOf(document);
    for (const one of value?.type === 'list' ? value.items : value ? [value] : [])
      attempt(context, () => replaceOne(context, root, items, one), undefined);
  }
}

function replaceOne(context: Context, root: Root, items: Item[], entry: Value): void {
  const source = get(entry, 'source');
  const targets = get(entry, 'targets');
  if (!source || isNull(source) || !targets || isNull(targets))
    return fail('invalid-replacement', 'a replacement has a source and at least one target', entry.origin);
  const value = sourceValue(items, source);
  for (const target of itemsOf(targets)) setTargets(context, root, items, target, value);
}

/**
 * Names the objects that a selector of replacements means: parts that are written must be equal, all others match. An
 * object without a namespace is in `default`, even where its kind has none.
 */
function isMeant(id: Id, selector: Value): boolean {
  const part = (key: string) => scalar(selector, key)?.text ?? '';
  const gvk: Partial<Gvk> = { group: part('group'), version: part('version'), kind: part('kind') };
  const namespace = part('namespace');
  return (
    isSelected(id, gvk) &&
    (part('name') === '' || part('name') === id.name) &&
    (namespace === '' || namespace === (id.namespace || 'default'))
  );
}

function sourceValue(items: readonly Item[], source: Value): Value {
  const found = items.filter((item) => allIds(item).some((id) => isMeant(id, source)));
  const [item, other] = found;
  const name = scalar(source, 'name') ?? scalar(source, 'kind');
  const at = (name ?? source).origin;
  if (!item) {
    const { message, span, wanted, candidates } = idleTarget('replacements', items, source, source);
    return fail('target-not-found', `${message}, and the replacement takes its value from there`, span, {
      ...(wanted === undefined ? {} : { wanted }),
      candidates,
    });
  }
  if (other) return fail('ambiguous-target', 'several objects here are the source of the replacement', at);
  const path = scalar(source, 'fieldPath');
  const parts = pathParts(path?.text || 'metadata.name');
  const value = lookUp(item.tree, parts, (path ?? source).origin);
  if (value === undefined || isNull(value) || isEmpty(value))
    return fail('field-not-found', `the source has no ${path?.text ?? 'metadata.name'}`, (path ?? source).origin);
  const options = get(source, 'options');
  const delimiter = scalar(options, 'delimiter')?.text ?? '';
  if (delimiter === '')
    return isForCopies(item.tree, parts) ? value : { ...value, origin: { ...value.origin, verbatim: false } };
  if (value.type !== 'scalar')
    return fail('invalid-replacement', 'a delimiter cuts texts only', (options ?? source).origin);
  const pieces = value.text.split(delimiter);
  const piece = pieces[number(get(options, 'index')) ?? 0];
  if (piece === undefined)
    return fail('invalid-replacement', `${value.text} has ${pieces.length} pieces only`, (options ?? source).origin);
  return {
    ...value,
    text: piece,
    value: retyped(value, piece, (options ?? source).origin),
    origin: derived(value.origin, ...(value.origin.via ?? [])),
  };
}

/** What data and annotations say is there to be read; other fields mean something where they stand, so no copy is edited there. */
function isForCopies(tree: MapValue, parts: readonly string[]): boolean {
  const isData = ['ConfigMap', 'Secret'].includes(scalar(tree, 'kind')?.text ?? '') && parts[0] === 'data';
  return isData || (parts[0] === 'metadata' && parts[1] === 'annotations');
}

function isEmpty(value: Value): boolean {
  return value.type === 'map' ? value.entries.length === 0 : value.type === 'list' && value.items.length === 0;
}

function setTargets(context: Context, root: Root, items: readonly Item[], target: Value, value: Value): void {
  const select = get(target, 'select');
  if (!select || isNull(select))
    return fail('invalid-replacement', 'a target of a replacement selects objects', target.origin);
  const rejects = itemsOf(get(target, 'reject'));
  const paths = textsOf(target, 'fieldPaths');
  let isIdle = true;
  for (const item of items) {
    if (!matchesPairs(item.tree, select)) continue;
    if (rejects.some((reject) => hasPairs(reject) && matchesPairs(item.tree, reject))) continue;
    const ids = allIds(item);
    const isRejected = rejects.some((reject) => hasId(reject) && ids.some((id) => isMeant(id, reject)));
    if (isRejected || !ids.some((id) => isMeant(id, select))) continue;
    isIdle = false;
    for (const path of paths.length > 0 ? paths : [text('metadata.name', target.origin)])
      item.tree = setPath(item.tree, path, target, value);
  }
  if (isIdle) noteIdle(context, root, idleTarget('replacements', items, select, target));
}

function hasPairs(selector: Value): boolean {
  return ['annotationSelector', 'labelSelector'].some((key) => (scalar(selector, key)?.text ?? '') !== '');
}

function hasId(selector: Value): boolean {
  return ['group', 'version', 'kind', 'name', 'namespace'].some((key) => (scalar(selector, key)?.text ?? '') !== '');
}

function setPath(tree: MapValue, path: Scalar, target: Value, value: Value): MapValue {
  const options = get(target, 'options');
  const create = isTrue(options, 'create') ? { type: value.type, at: path.origin } : undefined;
  const { tree: changed, count } = changeAt(tree, pathParts(path.text), create, path.origin, (old) =>
    newValue(old, value, options, path.origin),
  );
  if (count === 0)
    return fail('field-not-found', `a target of the replacement has no ${path.text}`, path.origin, {
      wanted: path.text,
    });
  return changed.type === 'map' ? changed : tree;
}

/** The source is where the value is edited; the replacement and what it wrote over are on the way. */
function newValue(old: Value | undefined, value: Value, options: Value | undefined, at: Origin): Value {
  const delimiter = scalar(options, 'delimiter')?.text ?? '';
  const via = [at, ...(value.origin.via ?? []), ...(old ? spansOf(old.origin) : [])];
  if (delimiter === '') {
    // What takes the place of a whole map or list is not edited at its source: it is the path that leads there.
    const origin: Origin =
      value.type === 'scalar' && old !== undefined && old.type !== 'scalar'
        ? derived(at, ...spansOf(value.origin), ...spansOf(old.origin))
        : { ...value.origin, via: via.map(({ uri, start, end }) => ({ uri, start, end })) };
    if (value.type === 'scalar') return inPlaceOf(old, value.text, origin, at);
    // A scalar takes the text of the source, and a map or list has none.
    return old?.type === 'scalar' && !isNull(old) ? inPlaceOf(old, '', origin, at) : { ...value, origin };
  }
  if (old !== undefined && old.type !== 'scalar') return fail('invalid-replacement', 'a delimiter cuts texts only', at);
  const piece = value.type === 'scalar' ? value.text : '';
  const pieces = (old?.text ?? '').split(delimiter);
  const index = number(get(options, 'index')) ?? 0;
  if (index < 0) pieces.unshift(piece);
  else if (index >= pieces.length) pieces.push(piece);
  else pieces[index] = piece;
  const joined = pieces.join(delimiter);
  return inPlaceOf(old, joined, derived(value.origin, ...via), at);
}

/** The text in the place of what was there, of its type; untyped where nothing was, or no scalar. */
function inPlaceOf(old: Value | undefined, now: string, origin: Origin, at: Span): Scalar {
  if (old?.type !== 'scalar' || isUntyped(old)) return untyped(resolvePlain(now, 'kustomize'), now, origin);
  return { type: 'scalar', value: retyped(old, now, at), text: now, style: old.style, origin };
}

/** A scalar that takes another text keeps its type: a text stays one, a number must be one again. */
function retyped(old: Scalar, now: string, at: Span): Scalar['value'] {
  if (typeof old.value === 'string') return now;
  const read = resolvePlain(now, 'kustomize');
  const isNumber = (value: Scalar['value']) => typeof value === 'number' || typeof value === 'bigint';
  if (isNumber(old.value) ? isNumber(read) : typeof read === typeof old.value) return read;
  return fail('invalid-replacement', `${now} cannot take the place of ${old.text}: it is of another type`, at);
}
