/** The order of kinds by which kustomize sorts objects and fields: what others need comes first (kyaml resid.Gvk). */
import type { Gvk } from './identity';

export const firstKinds = [
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
export const lastKinds = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Where kinds stand: negative for those that come first, 0 for all that are not named. */
export function placesOf(firsts: readonly string[], lasts: readonly string[]): (kind: string) => number {
  const places = new Map<string, number>();
  firsts.forEach((kind, index) => places.set(kind, index - firsts.length));
  lasts.forEach((kind, index) => places.set(kind, index + 1));
  return (kind) => places.get(kind) ?? 0;
}

const usualPlace = placesOf(firstKinds, lastKinds);

/** Below 0 when the first comes before the second. An empty part comes late. */
export function compareGvk(a: Partial<Gvk>, b: Partial<Gvk>): number {
  return usualPlace(a.kind ?? '') - usualPlace(b.kind ?? '') || compareTexts(gvkText(a), gvkText(b));
}

/** A text that orders kinds of one place. */
export function gvkText({ group, version, kind }: Partial<Gvk>): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
