/** `namePrefix` and `nameSuffix` (PrefixTransformer, SuffixTransformer). */
import type { MapValue, Scalar } from '../../value';
import type { FieldSpec } from './field-spec';
import { setField, specsOfKind } from './field-spec';
import type { Gvk } from './identity';
import { isSelected } from './identity';
import type { Item } from './item';
import { originalId, rememberId } from './item';
import { changedText } from './made';
import { createMemory } from './remembered';

/** Kinds whose names mean something elsewhere. */
const skipped: readonly Partial<Gvk>[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

const remembered = createMemory<MapValue>();

/** Puts the text before or after the names of all objects. A name keeps its own place; the affix is on the way. */
export function addAffix(
  items: readonly Item[],
  affix: Scalar,
  side: 'prefix' | 'suffix',
  specs: readonly FieldSpec[],
): void {
  for (const item of items) {
    const id = originalId(item);
    if (skipped.some((kind) => isSelected(id, kind))) continue;
    for (const spec of specsOfKind(specs, id)) {
      if (spec.path === 'metadata/name') {
        (side === 'prefix' ? item.prefixes : item.suffixes).push(affix.text);
        rememberId(item);
      }
      item.tree = remembered(affix, spec, item.tree, () =>
        setField(item.tree, spec, { kind: 'scalar', at: affix.origin }, (old) =>
          old?.type === 'scalar'
            ? changedText(old, side === 'prefix' ? affix.text + old.text : old.text + affix.text, affix.origin)
            : old,
        ),
      );
    }
  }
}
