/** The maps of labels and annotations in an object, wherever its kind keeps them. */
import type { ReadResource } from '../../kinds/read';
import { tableOf } from '../../kinds/table';
import type { Field } from '../../path';
import { field, select } from '../../path';
import { podTemplate } from './pod-spec';

export interface LabelMap {
  readonly at: Field;
  /** `labels` are also node selectors and selectors made of equal pairs: keys and values keep the same syntax. */
  readonly holds: 'labels' | 'annotations';
  /** The path that the API server prints for any entry of the map; templates lose their `metadata` in it. */
  readonly path: string;
}

/** Every map of labels, annotations or selector pairs that is written, each once. */
export function labelMaps(read: ReadResource): LabelMap[] {
  const { tree } = read;
  const template = podTemplate(read);
  const maps: LabelMap[] = [
    ...(['labels', 'annotations'] as const).map((holds) => map(field(tree, 'metadata', holds), holds)),
    ...selectorFields(read).map(({ at, form }) => map(form === 'map' ? at : field(at, 'matchLabels'), 'labels')),
  ];
  if (template) maps.push(map(field(template, 'spec', 'nodeSelector'), 'labels'));
  if (template && template.path !== '')
    for (const holds of ['labels', 'annotations'] as const)
      maps.push({ at: field(template, 'metadata', holds), holds, path: `${template.path}.${holds}` });
  return maps.filter(({ at }) => at.value?.type === 'map');
}

/** The selectors of an object: those that its kind's table names, each once. */
export function selectorFields({ resource, tree }: ReadResource): { at: Field; form: 'map' | 'labelSelector' }[] {
  const table = tableOf(resource);
  const found = new Map<string, { at: Field; form: 'map' | 'labelSelector' }>();
  for (const { path, form } of [...(table?.selectors ?? []), ...(table?.pods?.selector ? [table.pods.selector] : [])])
    for (const at of select(tree, path)) found.set(at.path, { at, form });
  return [...found.values()];
}

function map(at: Field, holds: LabelMap['holds']): LabelMap {
  return { at, holds, path: at.path };
}
