import type { Draft, Fix } from '../finding';
import { list, say } from '../finding';
import { groupOf } from '../kinds/groups';
import { horizontalPodAutoscaler } from '../kinds/horizontal-pod-autoscaler';
import type { ReadResource } from '../kinds/read';
import { scaledObject } from '../kinds/scaled-object';
import { allKinds } from '../kinds/table';
import { verticalPodAutoscaler } from '../kinds/vertical-pod-autoscaler';
import { isNear } from '../near';
import type { Field } from '../path';
import { field, scalarAt, textAt } from '../path';
import { groupKindKey, sameKind } from '../resource';
import { isTemplated } from '../templated';
import type { TextOf } from '../text';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { namesNothing } from './shared/names-nothing';
import { addEntries } from './shared/insert';
import { certain, changeName, replace } from './shared/words';

const autoscalers = [horizontalPodAutoscaler, verticalPodAutoscaler, scaledObject];
const workloads = allKinds.filter((kind) => kind.pods);
const scalable = new Set(workloads.map(groupKindKey));
/** Kinds of pods without the scale subresource, through which replicas are set. */
const withoutReplicas = new Set(['CronJob', 'DaemonSet', 'Job', 'Pod']);

/** An autoscaler without its workload scales nothing. Kinds that are not known here may be made by an operator. */
export const autoscalerTarget = defineRule({
  id: 'autoscaler-target',
  summary: 'An autoscaler targets a workload that is not there, or that it cannot scale',
  levels: ['warning', 'information'],
  about: ['reference targets'],
  *resource(read, _, textOf) {
    // A VerticalPodAutoscaler finds the kinds of Kubernetes by their names alone, and sets no replicas.
    if ([horizontalPodAutoscaler, scaledObject].some((kind) => sameKind(kind, read.resource)))
      yield* unscalable(read, textOf);
  },
  *linked(resource, links) {
    if (!autoscalers.some((kind) => sameKind(kind, resource))) return;
    for (const reference of resource.references) {
      if (reference.role !== 'targets' || !scalable.has(groupKindKey(reference.target))) continue;
      const draft = namesNothing(resource, reference, links, { mayBeMeant: () => true });
      if (draft) yield draft;
    }
  },
});

function* unscalable({ resource, tree }: ReadResource, textOf: TextOf): Iterable<Draft> {
  const target = field(tree, 'spec', 'scaleTargetRef');
  const kind = scalarAt(field(target, 'kind'));
  const version = field(target, 'apiVersion');
  if (!kind || isTemplated(kind.text) || isTemplated(textAt(version) ?? '')) return;
  const table = workloads.find((item) => item.kind === kind.text);
  if (!table) {
    yield* misspelt(kind, textAt(version), `${target.path}.kind`);
    return;
  }
  const isMissing = version.value === undefined;
  // The core group is meant where no group is written; KEDA alone fills in apps/v1 where nothing at all is.
  const group = isMissing && sameKind(resource, scaledObject) ? 'apps' : groupOf(textAt(version) ?? '');
  if (table.group === 'apps' && (group === '' || group === 'extensions')) {
    const means = isMissing
      ? 'without an apiVersion the core group is meant'
      : `apiVersion ${textAt(version) ?? ''} means ${group === '' ? 'the core group' : 'one that no longer has it'}`;
    yield {
      level: 'warning',
      at: version.value ? version.at : kind.origin,
      path: version.path,
      message: say`${kind.text} is in the group apps, and ${means}: the autoscaler finds no such kind; write apps/v1`,
      fixes: certain(inApps(version, target, textOf)),
    };
  } else if (withoutReplicas.has(kind.text) && group === table.group)
    yield {
      level: 'warning',
      at: kind.origin,
      path: `${target.path}.kind`,
      message: say`a ${kind.text} has no replicas that an autoscaler could set`,
    };
}

/** No kind of the group is called so, and one nearly is. Kinds of other groups may be anything. */
function* misspelt(kind: Scalar, version: string | undefined, path: string): Iterable<Draft> {
  const meant = workloads.filter(
    (item) =>
      !withoutReplicas.has(item.kind) &&
      (version === undefined || groupOf(version) === item.group) &&
      isNear(kind.text, item.kind),
  );
  if (meant.length === 0) return;
  yield {
    level: 'warning',
    at: kind.origin,
    path,
    message: say`there is no kind ${kind.text}, so the autoscaler finds nothing to scale; write ${list(
      meant.map((item) => [item.kind]),
      'or',
    )}`,
    fixes: certain(
      changeName(
        kind,
        meant.map((item) => item.kind),
      ),
    ),
  };
}

function inApps(version: Field, target: Field, textOf: TextOf): Fix[] {
  const written = scalarAt(version);
  if (written) return replace('Change to apps/v1', written, 'apps/v1');
  const edits = addEntries(textOf, target, [], { apiVersion: 'apps/v1' });
  return edits.length > 0 ? [{ title: 'Add apiVersion: apps/v1', edits }] : [];
}
