/** Single pods of workloads that number them: policies may choose one by the labels that the controller gives it. */
import type { Label, Resource } from '../../resource';
import type { Scalar } from '../../value';

const pods = new WeakMap<Resource, Map<number, Resource>>();
const workloads = new WeakMap<Resource, Resource>();

/** The workload as if it had this one pod only, with the labels that its number gives it. */
export function numberedPod(workload: Resource, number: number): Resource {
  const known = pods.get(workload) ?? new Map<number, Resource>();
  pods.set(workload, known);
  const found = known.get(number) ?? withNumber(workload, number);
  known.set(number, found);
  workloads.set(found, workload);
  return found;
}

/** The workload of a single pod; any other one is its own. */
export function wholeOf(workload: Resource): Resource {
  return workloads.get(workload) ?? workload;
}

/** The pod of this hostname: `db-0` of StatefulSet db. Undefined where the workload has none. */
export function podCalled(workload: Resource, hostname: string): Resource | undefined {
  const { numbered } = workload.pods ?? {};
  const [, stem, digits] = /^(.+)-(0|[1-9]\d*)$/.exec(hostname) ?? [];
  if (!numbered || stem === undefined || stem !== workload.name) return undefined;
  const number = Number(digits);
  const { start, count = Infinity } = numbered;
  return number >= start && number < start + count ? numberedPod(workload, number) : undefined;
}

function withNumber(workload: Resource, number: number): Resource {
  if (!workload.pods) return workload;
  const { labels, openLabels } = workload.pods;
  const isOpen = (key: string) => openLabels.some((label) => label.numbered && label.key === key);
  const scalar = (text: string): Scalar => ({
    type: 'scalar',
    value: text,
    text,
    style: 'plain',
    origin: { ...workload.nameAt, verbatim: false },
  });
  const own = openLabels.flatMap(({ key, stem, numbered }): Label[] =>
    numbered && stem !== undefined ? [{ key: scalar(key), value: scalar(`${stem}${number}`) }] : [],
  );
  return {
    ...workload,
    pods: {
      ...workload.pods,
      labels: [...labels.filter(({ key }) => !isOpen(key.text)), ...own],
      openLabels: openLabels.filter((label) => !label.numbered || label.stem === undefined),
      replicas: 1,
      numbered: { start: number, count: 1 },
    },
  };
}
