import { list, say } from '../finding';
import { defineRule } from './define';
import type { SelectedPort } from './shared/selected-ports';
import { namedTargets, portsText } from './shared/selected-ports';
import { areVariants } from './shared/variants';
import { named } from './shared/words';

/** A named targetPort that only some pods have, or that is another number in others: part of the traffic goes astray. */
export const servicePortPartlyResolved = defineRule({
  id: 'service-port-partly-resolved',
  summary: 'A named targetPort exists in some selected workloads only, or means different numbers',
  levels: ['warning'],
  about: ['service'],
  *linked(resource, links) {
    for (const selected of namedTargets(resource, links)) {
      const { port, backends, without } = selected;
      const isSplit = backends.length > 0 && (without.length > 0 || hasTwoMeanings(selected));
      if (!isSplit) continue;
      const name = port.targetPort?.text ?? '';
      yield {
        level: 'warning',
        at: port.targetPort?.origin ?? port.at,
        path: `${port.path}.targetPort`,
        message:
          without.length > 0
            ? say`port ${name} leads to ${list(backends.slice(0, 3).map(({ workload }) => named(workload)))}, but ${list(without.slice(0, 3).map((workload) => say`${named(workload)} declares ${portsText(workload)}`))}: this port of the Service never reaches ${without.length === 1 ? 'its' : 'their'} pods`
            : say`port ${name} means different numbers: ${list(backends.slice(0, 4).map(({ workload, number }) => say`${number} in ${named(workload)}`))}`,
        related: (without.length > 0 ? without : backends.map(({ workload }) => workload))
          .slice(0, 3)
          .map((workload) => ({
            at: workload.nameAt,
            message: say`${named(workload)} declares ${portsText(workload)}`,
          })),
      };
    }
  },
});

/** Variants of one application may listen on different ports: that is what names of ports are for. */
function hasTwoMeanings({ backends }: SelectedPort): boolean {
  const numbers = new Set(backends.map(({ number }) => number));
  return numbers.size > 1 && !areVariants(backends.map(({ workload }) => workload));
}
