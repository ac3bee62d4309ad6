/** Labels and annotations put on many objects (LabelTransformer, AnnotationsTransformer). */
import type { Entry, MapValue, Scalar, Value } from '../../value';
import { entry } from '../../value';
import type { FieldSpec } from './field-spec';
import { setSelected, specsFor } from './field-spec';
import type { Item } from './item';
import { pairsOf } from './kustomization';
import { asText, written } from './made';
import { fail } from './problem';
import { createMemory } from './remembered';
import { withEntry } from './tree';

export type Pairs = readonly (Entry & { readonly value: Scalar })[];

/** An object with pairs set, and the values that its fields share. */
interface Labelled {
  readonly tree: MapValue;
  readonly shared: readonly Scalar[];
}

const remembered = createMemory<Labelled>();

/** Sets the pairs of a map in every field of every object. Keys and values keep their place in the kustomization. */
export function addPairs(items: readonly Item[], map: Value | undefined, specs: readonly FieldSpec[]): void {
  const pairs = pairsOf(map);
  if (!map || pairs.length === 0) return;
  for (const item of items) {
    const { tree, shared } = remembered(map, specs, item.tree, () => labelled(item.tree, pairs, specs));
    item.tree = tree;
    item.shared.push(...shared);
  }
}

function labelled(tree: MapValue, pairs: Pairs, specs: readonly FieldSpec[]): Labelled {
  const own = pairs.map(({ key, value }) => ({ key, value: { ...asText(value) } }));
  const at = (own[0]?.key ?? tree).origin;
  const result = specsFor(specs, tree).reduce(
    (to, spec) =>
      setSelected(to, spec, { kind: 'map', at }, (old) =>
        old?.type === 'map'
          ? withPairs(old, own)
          : fail('invalid-configuration', `${spec.path} is no map`, (old ?? to).origin),
      ),
    tree,
  );
  return { tree: result, shared: own.map(({ value }) => value) };
}

export function withPairs(parent: MapValue, pairs: Pairs): MapValue {
  return pairs.reduce(
    (to, { key, value }) => withEntry(to, key, written(asText(value), entry(to, key.text)?.value)),
    parent,
  );
}
