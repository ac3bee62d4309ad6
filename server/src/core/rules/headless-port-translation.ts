import { say } from '../finding';
import { defineRule } from './define';
import { selectedPorts } from './shared/selected-ports';
import { replaceNumber } from './shared/words';

/** DNS of a headless Service gives pod addresses: nothing translates `port` to `targetPort` (Service docs, headless). */
export const headlessPortTranslation = defineRule({
  id: 'headless-port-translation',
  summary: 'A headless Service has a targetPort that differs from its port, which nothing translates',
  levels: ['hint'],
  *linked(resource, links) {
    const facts = resource.service;
    if (!facts?.headless || facts.ports.length === 0) return;
    const routed = links.referrers(resource).some(({ reference }) => reference.route);
    if (routed) return;
    for (const { port, backends } of selectedPorts(resource, links)) {
      const written = port.port;
      const numbers = new Set(backends.map(({ number }) => number));
      const [number] = numbers;
      if (!port.targetPort || !written || numbers.size !== 1 || number === undefined || written.value === number)
        continue;
      yield {
        level: 'hint',
        at: port.targetPort.origin,
        path: `${port.path}.targetPort`,
        message: say`${resource.name ?? 'this Service'} is headless: clients get pod addresses and must use port ${number}, not ${written.text}`,
        fixes: replaceNumber(`Change port to ${number}`, written, number),
      };
    }
  },
});
