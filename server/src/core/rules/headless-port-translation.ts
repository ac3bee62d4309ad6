import { list, say } from '../finding';
import type { Links } from '../links';
import type { Caller } from '../network/calls';
import { callText, callersOf } from '../network/calls';
import type { Resource, ServicePort } from '../resource';
import { defineRule } from './define';
import { selectedPorts } from './shared/selected-ports';
import { named, replaceNumber } from './shared/words';

/** DNS of a headless Service gives pod addresses: nothing translates `port` to `targetPort` (Service docs, headless). */
export const headlessPortTranslation = defineRule({
  id: 'headless-port-translation',
  summary: 'A headless Service has a targetPort that differs from its port, which nothing translates',
  levels: ['warning', 'hint'],
  about: ['service'],
  *linked(resource, links, { clusterDomain }) {
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
      const callers = lost(resource, port, links, clusterDomain);
      const calls = callers.map(({ workload, call }) => say`${named(workload)} calls ${callText(call)}`);
      yield {
        level: callers.length > 0 ? 'warning' : 'hint',
        at: port.targetPort.origin,
        path: `${port.path}.targetPort`,
        message: say`${resource.name ?? 'this Service'} is headless: clients get pod addresses and must use port ${number}, not ${written.text}${calls.length > 0 ? say`; ${list(calls.slice(0, 3))}` : []}`,
        related: callers.slice(0, 3).map(({ workload, call }) => ({
          at: call.address.host.origin,
          message: say`${named(workload)} calls ${callText(call)}`,
        })),
        fixes: replaceNumber(`Change port to ${number}`, written, number),
      };
    }
  },
});

/** The calls that arrive at a port where no pod listens. */
function lost(service: Resource, port: ServicePort, links: Links, domain: string): Caller[] {
  return callersOf(service, links, domain).filter(({ call }) => {
    const called = call.ports[call.services.indexOf(service)];
    return called?.state === 'untranslated' && called.port === port && call.resolution.to.includes(service);
  });
}
