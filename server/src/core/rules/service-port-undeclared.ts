import { say } from '../finding';
import type { Protocol } from '../ports';
import { portNumber } from '../ports';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { declaredPorts, portsText, selectedPorts } from './shared/selected-ports';
import { named, replaceNumber } from './shared/words';

/** containerPort is documentation, so this may work; but pods that declare other ports probably listen there. */
export const servicePortUndeclared = defineRule({
  id: 'service-port-undeclared',
  summary: 'A numeric targetPort is no container port of the selected pods, which declare others',
  levels: ['hint'],
  about: ['service'],
  *linked(resource, links) {
    for (const { port, backends } of selectedPorts(resource, links)) {
      const target = port.targetPort ?? port.port;
      if (!target || portNumber(target.value) === undefined || backends.some(({ declared }) => declared)) continue;
      const telling = backends.map(({ workload }) => workload).filter((workload) => declaredPorts(workload).length > 0);
      const [workload] = telling;
      if (!workload) continue;
      const only = onlyNumber(telling, port.protocol);
      yield {
        level: 'hint',
        at: target.origin,
        path: port.targetPort ? `${port.path}.targetPort` : `${port.path}.port`,
        message: say`no selected pod declares container port ${target.text}/${port.protocol}; ${named(workload)} declares ${portsText(workload)}`,
        related: [
          { at: declaredPorts(workload)[0]?.at ?? workload.nameAt, message: say`the ports of ${named(workload)}` },
        ],
        fixes: only !== undefined && port.targetPort ? replaceNumber(`Change to ${only}`, port.targetPort, only) : [],
      };
    }
  },
});

/** The number that all container ports of a protocol have; undefined when there are several, or none. */
function onlyNumber(workloads: readonly Resource[], protocol: Protocol): number | undefined {
  let only: number | undefined;
  for (const workload of workloads)
    for (const { number, protocol: other } of declaredPorts(workload)) {
      if (other !== protocol) continue;
      if (typeof number?.value !== 'number' || (only !== undefined && only !== number.value)) return undefined;
      only = number.value;
    }
  return only;
}
