/** What a trace is made in: the resources that are applied together, and what is computed of them once. */
import type { Links } from '../../links';
import type { GroupKind, Resource } from '../../resource';
import { sameKind } from '../../resource';
import type { ClusterNetwork } from '../cluster';
import { clusterNetworkOf } from '../cluster';
import type { Zone } from '../dns-zone';
import { zoneOf } from '../dns-zone';
import type { Workload } from '../policy/ends';
import type { Evaluation } from '../policy/evaluate';
import { evaluatePolicies } from '../policy/evaluate';
import { nameOf } from './hop';

export interface TraceWorld {
  readonly resources: readonly Resource[];
  readonly links: Links;
  /** That of resources that name none. */
  readonly namespace: string;
  /** `cluster.local` */
  readonly domain: string;
}

export interface Scene extends TraceWorld {
  readonly evaluation: () => Evaluation;
  readonly zone: () => Zone;
  readonly network: () => ClusterNetwork;
}

export function sceneOf(world: TraceWorld): Scene {
  const { resources, links, namespace, domain } = world;
  return {
    ...world,
    evaluation: once(() => evaluatePolicies({ resources, namespace })),
    zone: once(() => zoneOf(resources, links, namespace, { domain, pods: 'insecure' })),
    network: once(() => clusterNetworkOf(resources)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The namespace that an object is in. */
export function homeOf({ namespace }: Scene, resource: Resource): string {
  return resource.namespace ?? namespace;
}

/** The object of a kind under its name; of two of one name the last, which is the one that stays. */
export function findObject(scene: Scene, of: GroupKind, namespace: string, name: string): Resource | undefined {
  return scene.resources.findLast(
    (resource) => sameKind(resource, of) && resource.name === name && homeOf(scene, resource) === namespace,
  );
}

export const serviceKind: GroupKind = { group: '', kind: 'Service' };

/**
 * The pods of an object as policies see them: several where policies tell them apart, of which a pod that is named is one.
 */
export function podsEnds(scene: Scene, workload: Resource, pod: string | undefined): readonly Workload[] {
  const variants = scene.evaluation().workloadsOf(workload);
  if (pod === undefined) return variants;
  const numbered = (workload.pods?.openLabels ?? []).filter((label) => label.numbered);
  const [number = ''] = /\d+$/.exec(pod) ?? [];
  const own = variants.filter(({ labels }) =>
    numbered.some(({ key, stem = '' }) => labels.get(key) === `${stem}${number}`),
  );
  if (own.length > 0) return own;
  // Others of the same StatefulSet that a policy names by their number.
  return variants.filter(({ labels }) => !numbered.some(({ key }) => labels.has(key)));
}

/** The name of a workload, with the labels of those of its pods that policies tell apart from others. */
export function workloadName({ namespace }: Scene, { resource, variant }: Workload): string {
  return `${nameOf(resource, namespace)}${variant === undefined ? '' : ` (${variant})`}`;
}
