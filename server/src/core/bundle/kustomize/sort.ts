/** The order of the result (SortOrderTransformer). */
import type { Value } from '../../value';
import { get, scalar } from '../../value';
import type { Gvk } from './identity';
import { idOf } from './identity';
import type { Item } from './item';
import { textsOf } from './kustomization';
import { isNull } from './made';
import { fail } from './problem';

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

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
  const places = new Map<string, number>();
  const firsts = legacy ? textsOf(legacy, 'orderFirst').map(({ text }) => text) : first;
  const lasts = legacy ? textsOf(legacy, 'orderLast').map(({ text }) => text) : last;
  firsts.forEach((kind, index) => places.set(kind, index - firsts.length));
  lasts.forEach((kind, index) => places.set(kind, index + 1));
  return items
    .map((item) => {
      const id = idOf(item.tree);
      const name = `${id.namespace || '~X'}|${id.name || '~N'}`;
      return { item, place: places.get(id.kind) ?? 0, gvk: gvkText(id), name };
    })
    .sort((a, b) => a.place - b.place || compare(a.gvk, b.gvk) || compare(a.name, b.name))
    .map(({ item }) => item);
}

function gvkText({ group, version, kind }: Gvk): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
