/** `configMapGenerator` and `secretGenerator` (api/internal/generators), and how their results join what is there. */
import type { Entry, MapValue, Origin, Scalar, Value } from '../../value';
import { entries, entry, get, scalar } from '../../value';
import type { Accumulator } from './accumulate';
import type { Context } from './context';
import { idOf, showId } from './identity';
import type { Item } from './item';
import { isOrWas, newItem } from './item';
import type { KeyValue } from './key-values';
import { envValues, fileValue, literal } from './key-values';
import type { Root } from './kustomization';
import { isTrue, pairsOf, textsOf } from './kustomization';
import { withPairs } from './labels';
import { asText, derived, map, spansOf, text } from './made';
import { fail } from './problem';
import { base64 } from './sha256';
import { setIn, withEntry } from './tree';

export type GeneratedKind = 'ConfigMap' | 'Secret';

/** The object that an entry of a generator makes. `options` are the `generatorOptions` of the kustomization. */
export function generate(
  context: Context,
  root: Root,
  kind: GeneratedKind,
  written: Value,
  options: Value | undefined,
  origin: string | undefined,
): Item {
  const name = scalar(written, 'name');
  if (!name || name.text === '') return fail('invalid-generator', `a ${kind} needs a name`, written.origin);
  const at: Origin = derived(name.origin);
  let tree = map([field('apiVersion', 'v1', at), field('kind', kind, at)], derived(written.origin));
  tree = setIn(tree, ['metadata', 'name'], asText(name), at);
  const namespace = scalar(written, 'namespace');
  if (namespace && namespace.text !== '')
    tree = setIn(tree, ['metadata', 'namespace'], asText(namespace), namespace.origin);
  const own = get(written, 'options');
  tree = withMetadata(tree, 'labels', [options, own]);
  tree = withMetadata(tree, 'annotations', [options, own]);
  if (kind === 'Secret') {
    const type = scalar(written, 'type');
    tree = withEntry(tree, text('type', at), type && type.text !== '' ? asText(type) : text('Opaque', at));
  }
  tree = withData(tree, kind, pairs(context, root, written), at);
  const immutable = [own, options].find((from) => isTrue(from, 'immutable'));
  const switched = get(immutable, 'immutable');
  if (switched) tree = withEntry(tree, text('immutable', derived(switched.origin)), switched);
  const item = newItem(tree, derived(name.origin), origin);
  item.isGenerated = true;
  const isHashed = !isTrue(own, 'disableNameSuffixHash') && !isTrue(options, 'disableNameSuffixHash');
  if (isHashed) item.hash = { uri: name.origin.uri, start: name.origin.start, end: name.origin.end };
  const behavior = scalar(written, 'behavior')?.text;
  if (behavior === 'merge' || behavior === 'replace') item.behavior = behavior;
  return item;
}

function field(key: string, value: string, at: Origin): Entry {
  return { key: text(key, at), value: text(value, at) };
}

function withMetadata(tree: MapValue, key: 'labels' | 'annotations', from: readonly (Value | undefined)[]): MapValue {
  return from.reduce<MapValue>((to, options) => {
    const pairs = pairsOf(get(options, key));
    const [first] = pairs;
    if (!first) return to;
    const old = get(to, 'metadata', key);
    return setIn(
      to,
      ['metadata', key],
      withPairs(old?.type === 'map' ? old : map([], derived(first.key.origin)), pairs),
      derived(first.key.origin),
    );
  }, tree);
}

function pairs(context: Context, root: Root, written: Value): KeyValue[] {
  const env = scalar(written, 'env');
  const file = context.files.text(written.origin.uri) ?? '';
  const all = [
    ...[...textsOf(written, 'envs'), ...(env && env.text !== '' ? [env] : [])].flatMap((path) =>
      envValues(context, root, path),
    ),
    ...textsOf(written, 'literals').map((one) => literal(one, file)),
    ...textsOf(written, 'files').map((path) => fileValue(context, root, path)),
  ];
  const seen = new Set<string>();
  for (const { key } of all) {
    if (seen.has(key.text)) fail('invalid-generator', `the key ${key.text} comes twice`, key.origin);
    seen.add(key.text);
  }
  return all;
}

function withData(tree: MapValue, kind: GeneratedKind, pairs: readonly KeyValue[], at: Origin): MapValue {
  const sorted = [...pairs].sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
  const encoded = ({ key, bytes, value }: KeyValue): Entry => ({
    key,
    value: text(lines(base64(bytes)), { ...value.origin, verbatim: false }),
  });
  const plain = kind === 'Secret' ? sorted.map(encoded) : sorted.filter(({ isBinary }) => !isBinary);
  const binary = kind === 'Secret' ? [] : sorted.filter(({ isBinary }) => isBinary).map(encoded);
  const withText =
    plain.length > 0 || kind === 'Secret'
      ? withEntry(
          tree,
          text('data', at),
          map(
            plain.map(({ key, value }) => ({ key, value })),
            at,
          ),
        )
      : tree;
  return binary.length > 0 ? withEntry(withText, text('binaryData', at), map(binary, at)) : withText;
}

/** Long base64 stands in lines of 70 characters, each with its line end. */
function lines(encoded: string): string {
  return encoded.length < 70 ? encoded : (encoded.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}

/** Puts a generated object among the items: as a new one, or in the place of the one that it merges with or replaces. */
export function absorb(into: Accumulator, item: Item, at: Origin): void {
  const { items } = into;
  into.byId = undefined;
  const id = idOf(item.tree);
  const found = items.filter((other) => isOrWas(other, id));
  const [old, other] = found;
  const behavior: Scalar['text'] = item.behavior;
  if (!old) {
    if (behavior !== 'create')
      fail('target-not-found', `there is no ${showId(id)} to ${behavior}`, at, {
        wanted: id.name,
        candidates: items
          .map(({ tree }) => idOf(tree))
          .filter(({ kind }) => kind === id.kind)
          .map(({ name }) => name),
      });
    items.push(item);
    return;
  }
  if (other) fail('ambiguous-target', `several objects here are or were ${showId(id)}`, at);
  if (behavior === 'create')
    fail('duplicate-id', `there is already a ${showId(id)}; behavior: merge or replace changes it`, at);
  let { tree } = item;
  for (const key of ['labels', 'annotations']) tree = overlaid(tree, old.tree, ['metadata', key]);
  for (const key of ['name', 'namespace']) {
    const kept = get(old.tree, 'metadata', key);
    if (kept) tree = setIn(tree, ['metadata', key], kept, kept.origin);
  }
  if (behavior === 'merge') for (const key of ['data', 'binaryData']) tree = overlaid(tree, old.tree, [key]);
  const hash = old.hash && item.hash;
  items[items.indexOf(old)] = { ...old, tree, hash, origin: behavior === 'merge' ? old.origin : item.origin };
}

/** The map of the old object with the entries of the new one over it. */
function overlaid(tree: MapValue, from: MapValue, path: readonly string[]): MapValue {
  const old = get(from, ...path);
  const own = get(tree, ...path);
  if (old?.type !== 'map' || old.entries.length === 0) return tree;
  const joined = entries(own).reduce((to, { key, value }) => {
    const before = entry(to, key.text)?.value;
    const via = before ? [...(value.origin.via ?? []), ...spansOf(before.origin)] : value.origin.via;
    return withEntry(to, key, via ? { ...value, origin: { ...value.origin, via } } : value);
  }, old);
  return setIn(tree, path, joined, old.origin);
}
