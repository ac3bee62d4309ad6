/** Labels and annotations put on many objects (LabelTransformer, AnnotationsTransformer). */
import type { Entry, MapValue, Scalar, Value } from '../../value';
import { entry } from '../../value';
import type { FieldSpec } from './field-spec';
import { setSelected, specsFor } from './field-spec';
import type { Item } from './item';
import { pairsOf } from './kustomization';
import { asText, written } from './made';
import { hasNotes } from './notes';
import { isTextKey, unquoted } from './rewritten';
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
    const own = hasNotes(item) ? findingAnnotations(specs) : specs;
    const { tree, shared } = remembered(map, own, item.tree, () => labelled(item.tree, pairs, own));
    item.tree = tree;
    item.shared.push(...shared);
  }
}

const finding = new WeakMap<readonly FieldSpec[], readonly FieldSpec[]>();

/** The specs for an object of which something is noted: it has annotations, whether any are written or not. */
function findingAnnotations(specs: readonly FieldSpec[]): readonly FieldSpec[] {
  const known = finding.get(specs);
  if (known) return known;
  const isMissed = ({ path, create }: FieldSpec) => path === 'metadata/annotations' && create !== true;
  const found = specs.some(isMissed) ? specs.map((spec) => (isMissed(spec) ? { ...spec, create: true } : spec)) : specs;
  finding.set(specs, found);
  return found;
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

/** The map with pairs set. What is set is written without quotes, so that a key may be no text any more. */
export function withPairs(parent: MapValue, pairs: Pairs): MapValue {
  const set = pairs.reduce(
    (to, { key, value }) => withEntry(to, key, written(asText(value), entry(to, key.text)?.value)),
    parent,
  );
  const misread = new Map(
    pairs.flatMap(({ key }) => (isTextKey(unquoted(key)) ? [] : [[key.text, unquoted(key)] as const])),
  );
  if (misread.size === 0) return set;
  return { ...set, entries: set.entries.map(({ key, value }) => ({ key: misread.get(key.text) ?? key, value })) };
}
