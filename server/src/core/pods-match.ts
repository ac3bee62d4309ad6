/** Whether a selector chooses the pods of a workload, or an object by its own labels, as far as labels are shown. */
import type { Requirement } from './labels';
import { holds } from './labels';
import { tableOf } from './kinds/table';
import type { OpenLabel, Pods } from './pod-facts';
import type { Resource, Selects, SelectorUse } from './resource';
import { labelTexts } from './resource';
import { isTemplated } from './templated';

/** Labels that a selector is held against. */
export type Chosen = Pick<Pods, 'labels' | 'openLabels'>;

/** By which labels a selector may choose a resource: those of the pods that it makes, or its own. Undefined: by none. */
export function chosenBy(selects: Selects, resource: Resource): Chosen | undefined {
  if (selects === 'pods') return resource.pods;
  return tableOf(resource)?.chosenAs === selects ? { labels: resource.labels, openLabels: [] } : undefined;
}

/** True when all requirements hold; one on a label whose value is not in the manifest counts as held. */
export function podsMatch(use: SelectorUse, pods: Chosen): boolean {
  if (use.selector === 'nothing') return false;
  const labels = labelTexts(pods.labels);
  return use.selector.requirements.every(
    (requirement) => pods.openLabels.some((label) => mayHold(requirement, label)) || holds(requirement, labels),
  );
}

/** Whether a requirement may be met by a label whose value is not shown. */
export function mayHold({ key, operator, values }: Requirement, label: OpenLabel): boolean {
  if (key !== label.key) return false;
  return operator !== 'In' || values.some((value) => isTemplated(value) || mayBe(value, label));
}

/** Whether a label whose value is not shown may have this one. */
export function mayBe(value: string, { stem, numbered }: OpenLabel): boolean {
  if (stem === undefined) return true;
  return numbered ? value.startsWith(stem) && /^\d+$/.test(value.slice(stem.length)) : value === stem;
}

/** The numbers of the pods that a selector asks for one by one; undefined where it asks for no numbers. */
export function chosenNumbers(
  { selector }: SelectorUse,
  { openLabels, numbered }: Pods,
): readonly number[] | undefined {
  if (selector === 'nothing' || !numbered) return undefined;
  const { start, count = Infinity } = numbered;
  const lists = selector.requirements.flatMap(({ key, operator, values }) => {
    const label = openLabels.find((item) => item.numbered && item.key === key);
    if (!label || operator !== 'In' || values.some(isTemplated)) return [];
    const meant = values.filter((value) => mayBe(value, label));
    return [meant.map((value) => Number(value.slice(label.stem?.length)))];
  });
  const [first, ...others] = lists;
  return first?.filter(
    (number, at) =>
      first.indexOf(number) === at &&
      number >= start &&
      number < start + count &&
      others.every((list) => list.includes(number)),
  );
}

/** How many pods of a workload a selector chooses; undefined where no manifest says it. */
export function chosenCount(use: SelectorUse | undefined, pods: Pods): number | undefined {
  return (use && chosenNumbers(use, pods)?.length) ?? pods.replicas;
}
