/** Whether a selector chooses the pods of a workload, or an object by its own labels, as far as labels are shown. */
import type { Requirement } from './labels';
import { holds } from './labels';
import { tableOf } from './kinds/table';
import type { OpenLabel, Pods, Resource, Selects, SelectorUse } from './resource';
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
function mayHold({ key, operator, values }: Requirement, label: OpenLabel): boolean {
  const { stem } = label;
  if (key !== label.key) return false;
  if (stem === undefined || operator !== 'In') return true;
  return values.some(
    (value) =>
      isTemplated(value) ||
      value === stem ||
      (value.startsWith(`${stem}-`) && /^\d+$/.test(value.slice(stem.length + 1))),
  );
}
