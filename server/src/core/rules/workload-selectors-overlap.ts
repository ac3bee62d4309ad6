import type { Draft } from '../finding';
import { list, say } from '../finding';
import { deployment } from '../kinds/deployment';
import type { ReadResource } from '../kinds/read';
import { replicaSet } from '../kinds/replica-set';
import { holds } from '../labels';
import type { Pods } from '../pod-facts';
import type { Resource } from '../resource';
import { annotation, groupKindKey, labelTexts, sameKind, sameObject } from '../resource';
import { isTemplated } from '../templated';
import type { Span } from '../value';
import { defineRule } from './define';
import type { OwnSelector } from './shared/own-selector';
import { ownSelector } from './shared/own-selector';
import { kindAndName, named, pairsText } from './shared/words';

interface Controller {
  readonly resource: Resource;
  readonly pods: Pods;
  readonly own: OwnSelector;
  readonly labels: ReadonlyMap<string, string>;
  /** What its object is called, whatever file it stands in. */
  readonly identity: string;
  /** All of its namespace, and those whose pods carry a label. */
  readonly filedUnder: readonly string[];
}

/** Controllers whose selectors overlap adopt and count each other's pods (workload API documentation on selectors). */
export const workloadSelectorsOverlap = defineRule({
  id: 'workload-selectors-overlap',
  summary: 'Two workloads select each other’s pods',
  levels: ['warning'],
  about: ['pods'],
  *together(reads) {
    const before = new Map<string, Controller[]>();
    const filed = new Set<string>();
    for (const item of reads.flatMap(controllers)) {
      const rivals: Controller[] = [];
      for (const other of candidates(item, before)) {
        if (areRivals(item, other) && selects(item, other) && selects(other, item)) rivals.push(other);
        if (rivals.length === MAX_RIVALS) break;
      }
      if (rivals.length > 0) yield finding(item, rivals);
      if (filed.has(item.identity)) continue;
      filed.add(item.identity);
      for (const key of item.filedUnder) {
        const bucket = before.get(key);
        if (bucket) bucket.push(item);
        else before.set(key, [item]);
      }
    }
  },
});

/** So many are named in a message. */
const MAX_RIVALS = 3;

/** The fewest that hold all whose pods a controller may select. */
function candidates(item: Controller, before: ReadonlyMap<string, readonly Controller[]>): readonly Controller[] {
  const { namespace = '' } = item.resource;
  let fewest = before.get(namespace) ?? [];
  for (const { requirement } of item.own.requirements) {
    const [value, ...others] = requirement.values;
    if (requirement.operator !== 'In' || value === undefined || others.length > 0) continue;
    const bucket = before.get(`${namespace} ${requirement.key}=${value}`) ?? [];
    if (bucket.length < fewest.length) fewest = bucket;
  }
  return fewest;
}

/** An edit of a bundle leaves most of its resources as they were read, and all of them are asked again. */
function controllers(read: ReadResource): readonly Controller[] {
  const before = known.get(read);
  if (before) return before;
  const found = controllersOf(read);
  known.set(read, found);
  return found;
}

const known = new WeakMap<ReadResource, readonly Controller[]>();

function controllersOf(read: ReadResource): readonly Controller[] {
  const { resource } = read;
  const own = ownSelector(read);
  if (!own || own.unknown || own.requirements.length === 0 || !resource.pods) return [];
  const { pods } = resource;
  // Labels that the control plane writes keep Jobs, and the ReplicaSets of a Deployment, apart.
  if (own.spec.onlyWith !== undefined || pods.labels.some(({ value }) => isTemplated(value.text))) return [];
  const { namespace = '', name = '' } = resource;
  const labels = labelTexts(pods.labels);
  const filedUnder = [namespace, ...[...labels].map(([key, value]) => `${namespace} ${key}=${value}`)];
  return [{ resource, pods, own, labels, identity: `${groupKindKey(resource)} ${namespace} ${name}`, filedUnder }];
}

/** Different objects of one namespace, neither of which owns the other. */
function areRivals({ resource: a }: Controller, { resource: b }: Controller): boolean {
  if (a.namespace !== b.namespace || a.name === undefined || b.name === undefined) return false;
  if (sameObject(a, b)) return false;
  return !isOwned(a, b) && !isOwned(b, a);
}

/** The ReplicaSet of a Deployment, taken from a cluster or named after it. */
function isOwned(replicas: Resource, owner: Resource): boolean {
  return (
    sameKind(replicas, replicaSet) &&
    sameKind(owner, deployment) &&
    (replicas.name?.startsWith(`${owner.name ?? ''}-`) === true ||
      annotation(replicas, 'deployment.kubernetes.io/revision') !== undefined)
  );
}

function selects({ own }: Controller, { labels }: Controller): boolean {
  return own.requirements.every(({ requirement }) => holds(requirement, labels));
}

function finding({ resource, pods, own }: Controller, rivals: readonly Controller[]): Draft {
  return {
    level: 'warning',
    resource,
    at: placeOf(own),
    path: own.at.path,
    message: say`${kindAndName(resource)} and ${list(rivals.map((other) => named(other.resource)))} select each other's pods, such as those with ${pairsText(pods.labels)}: they fight over them; give each a label of its own, in selector and template`,
    related: rivals.map((other) => ({
      at: placeOf(other.own),
      message: say`the selector of ${named(other.resource)}`,
    })),
  };
}

function placeOf(own: OwnSelector): Span {
  return own.requirements[0]?.at.at ?? own.at.at;
}
