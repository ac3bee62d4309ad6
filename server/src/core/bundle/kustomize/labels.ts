/** Labels and annotations put on many objects (LabelTransformer, AnnotationsTransformer). */
import type { Entry, MapValue, Scalar } from '../../value';
import { entry } from '../../value';
import type { FieldSpec } from './field-spec';
import { setSelected, specsFor } from './field-spec';
import type { Item } from './item';
import { asText, written } from './made';
import { fail } from './problem';
import { withEntry } from './tree';

export type Pairs = readonly (Entry & { readonly value: Scalar })[];

/** Sets the pairs in every field of every object. Keys and values keep their place in the kustomization. */
export function addPairs(items: readonly Item[], pairs: Pairs, specs: readonly FieldSpec[]): void {
  const [first] = pairs;
  if (!first) return;
  for (const item of items) {
    const own = pairs.map(({ key, value }) => ({ key, value: { ...asText(value) } }));
    for (const spec of specsFor(specs, item.tree))
      item.tree = setSelected(item.tree, spec, { kind: 'map', at: first.key.origin }, (old) =>
        old?.type === 'map'
          ? withPairs(old, own)
          : fail('invalid-configuration', `${spec.path} is no map`, (old ?? item.tree).origin),
      );
    item.shared.push(...own.map(({ value }) => value));
  }
}

export function withPairs(parent: MapValue, pairs: Pairs): MapValue {
  return pairs.reduce(
    (to, { key, value }) => withEntry(to, key, written(asText(value), entry(to, key.text)?.value)),
    parent,
  );
}
