/** Whether a selector chooses the pods of a workload, as far as their labels are shown. */
import type { Requirement } from './labels';
import { holds } from './labels';
import type { OpenLabel, Pods, SelectorUse } from './resource';
import { labelTexts } from './resource';
import { isTemplated } from './templated';

/** True when all requirements hold; one on a label whose value is not in the manifest counts as held. */
export function podsMatch(use: SelectorUse, pods: Pods): boolean {
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
