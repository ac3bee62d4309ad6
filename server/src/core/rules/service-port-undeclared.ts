import { say } from '../finding';
import { defineRule } from './define';
import { declaredPorts, portText, selectedPorts } from './selected-ports';
import { named, replaceNumber } from './words';

/** containerPort is documentation, so this may work; but pods that declare other ports probably listen there. */
export const servicePortUndeclared = defineRule({
  id: 'service-port-undeclared',
  summary: 'A numeric targetPort is no container port of the selected pods, which declare others',
  levels: ['hint'],
  *linked(resource, links) {
    for (const { port, backends } of selectedPorts(resource, links)) {
      const target = port.targetPort ?? port.port;
      if (typeof target?.value !== 'number' || backends.some(({ declared }) => declared)) continue;
      const telling = backends.map(({ workload }) => workload).filter((workload) => declaredPorts(workload).length > 0);
      const [workload] = telling;
      if (!workload) continue;
      const candidates = [
        ...new Set(
          telling
            .flatMap((item) => declaredPorts(item))
            .filter((item) => item.protocol === port.protocol)
            .map((item) => item.number?.value),
        ),
      ];
      const [only] = candidates;
      yield {
        level: 'hint',
        at: target.origin,
        path: port.targetPort ? `${port.path}.targetPort` : `${port.path}.port`,
        message: say`no selected pod declares container port ${target.text}/${port.protocol}; ${named(workload)} declares ${declaredPorts(workload).map(portText).join(', ')}`,
        related: [
          { at: declaredPorts(workload)[0]?.at ?? workload.nameAt, message: say`the ports of ${named(workload)}` },
        ],
        fixes:
          candidates.length === 1 && typeof only === 'number' && port.targetPort
            ? replaceNumber(`Change to ${only}`, port.targetPort, only)
            : [],
      };
    }
  },
});
