/** Deployments and their kin, from extensions/v1beta1 and apps/v1beta1 to apps/v1: the selector is no longer filled in. */
import type { TextEdit } from '../../finding';
import type { ReadResource } from '../../kinds/read';
import { field } from '../../path';
import { addEntries } from '../shared/insert';

/** The selector that older versions took from the labels of the template. */
export function rewriteWorkload({ resource, tree }: ReadResource, text: string): readonly TextEdit[] {
  const labels = resource.pods?.labels ?? [];
  if (field(tree, 'spec', 'selector').key || labels.length === 0) return [];
  return addEntries(
    () => text,
    tree,
    ['spec', 'selector', 'matchLabels'],
    Object.fromEntries(labels.map(({ key, value }) => [key.text, value.text])),
  );
}
