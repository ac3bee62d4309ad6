import { list, say } from '../finding';
import type { Resource } from '../resource';
import { podSelector } from '../resource';
import { defineRule } from './define';
import { withoutVariant } from './shared/variants';
import { named, pairsText } from './shared/words';

/** The labels by which people say what an application is, most telling first. */
const appLabels = ['app.kubernetes.io/name', 'app', 'k8s-app'];

/** One selector that catches the pods of several applications spreads their traffic over both. */
export const serviceSelectorAmbiguous = defineRule({
  id: 'service-selector-ambiguous',
  summary: 'The selector of a Service matches the pods of different applications',
  levels: ['information'],
  about: ['service'],
  *linked(resource, links) {
    const use = resource.service && resource.service.type !== 'ExternalName' ? podSelector(resource) : undefined;
    if (!use) return;
    const workloads = links.select(resource, use).to.filter((workload) => workload.pods?.ends === false);
    const key = appLabels.find((candidate) =>
      workloads.every((workload) => labelOf(workload, candidate) !== undefined),
    );
    const apps = new Map(
      key === undefined
        ? []
        : workloads.map((workload) => [withoutVariant(labelOf(workload, key) ?? ''), workload] as const).reverse(),
    );
    if (apps.size < 2) return;
    const shown = [...apps].reverse().slice(0, 3);
    yield {
      level: 'information',
      at: use.at,
      path: use.path,
      message: say`${pairsText(use.pairs)} selects pods of different applications: ${list(shown.map(([app, workload]) => say`${named(workload)} is ${app}`))}; add a label that only one of them has`,
      related: shown.map(([app, workload]) => ({ at: workload.nameAt, message: say`${named(workload)} is ${app}` })),
    };
  },
});

/** The value of a label of the pods; nothing can be concluded from workloads that do not say what they are. */
function labelOf(workload: Resource, key: string): string | undefined {
  return workload.pods?.labels.find((label) => label.key.text === key)?.value.text;
}
