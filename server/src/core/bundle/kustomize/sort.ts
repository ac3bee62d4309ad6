/** The order of the result (SortOrderTransformer). */
import type { Value } from '../../value';
import { get, scalar } from '../../value';
import { compareTexts, firstKinds, gvkText, lastKinds, placesOf } from './gvk-order';
import { idOf } from './identity';
import type { Item } from './item';
import { textsOf } from './kustomization';
import { isNull } from './made';
import { fail } from './problem';

/** The items as `sortOptions` wants them; without it in the order of kubectl, which is the legacy order. */
export function sorted(items: readonly Item[], options: Value | undefined): readonly Item[] {
  const order = scalar(options, 'order');
  const legacy = get(options, 'legacySortOptions');
  if (options !== undefined && !isNull(options)) {
    if (order?.text !== 'fifo' && order?.text !== 'legacy')
      return fail('invalid-kustomization', 'sortOptions.order is fifo or legacy', (order ?? options).origin);
    if (order.text === 'fifo' && legacy && !isNull(legacy))
      return fail('invalid-kustomization', 'legacySortOptions count for the order legacy only', legacy.origin);
    if (order.text === 'fifo') return items;
  }
  const place = placesOf(
    legacy ? textsOf(legacy, 'orderFirst').map(({ text }) => text) : firstKinds,
    legacy ? textsOf(legacy, 'orderLast').map(({ text }) => text) : lastKinds,
  );
  return items
    .map((item) => {
      const id = idOf(item.tree);
      const name = `${id.namespace || '~X'}|${id.name || '~N'}`;
      return { item, place: place(id.kind), gvk: gvkText(id), name };
    })
    .sort((a, b) => a.place - b.place || compareTexts(a.gvk, b.gvk) || compareTexts(a.name, b.name))
    .map(({ item }) => item);
}
