import { list, say } from '../finding';
import type { Links } from '../links';
import { servesPort } from '../network/addresses';
import { endpointsOf } from '../network/endpoints';
import type { Resource } from '../resource';
import { defineRule } from './define';
import { mayBeNamedByOperator } from './shared/operated';
import { inNamespace, mention, named } from './shared/words';

/** A Service without selector has the endpoints that somebody writes for it, and none else. */
export const serviceNoEndpoints = defineRule({
  id: 'service-no-endpoints',
  summary: 'A Service without selector has no Endpoints or EndpointSlice that serve its ports',
  levels: ['information'],
  about: ['service'],
  *linked(resource, links) {
    const facts = resource.service;
    if (!facts || resource.name === undefined) return;
    const { state, manual } = endpointsOf(resource, facts, links);
    if (state !== 'no-selector' || isKept(resource, links) || links.hasUnreadable(resource)) return;
    if (manual.length === 0) {
      yield {
        level: 'information',
        at: resource.nameAt,
        path: 'spec.selector',
        message: say`Service ${resource.name} has no selector, and no Endpoints or EndpointSlice ${inNamespace(resource)} gives it addresses`,
      };
      return;
    }
    const served = manual.flatMap((from) => from.manual?.ports ?? []);
    for (const port of facts.ports) {
      const name = port.name?.text ?? '';
      if (served.length === 0 || served.some((item) => (item.name?.text ?? '') === name)) continue;
      const others = served.filter((item) => !servesPort(facts, item.name?.text));
      yield {
        level: 'information',
        at: (port.name ?? port.port)?.origin ?? port.at,
        path: `${port.path}.name`,
        message: say`no endpoints for port ${name || '(unnamed)'}: ${list(manual.slice(0, 3).map(named))} ${manual.length === 1 ? 'has' : 'have'} ${others.length > 0 ? others.map((item) => item.name?.text ?? '(unnamed)').join(', ') : 'no such port'}; port names must be equal`,
        related: manual.slice(0, 3).map(mention),
      };
    }
  },
});

/** The API server keeps the endpoints of default/kubernetes; operators keep those of Services they name. */
function isKept(service: Resource, links: Links): boolean {
  if (service.name === 'kubernetes' && (service.namespace === undefined || service.namespace === 'default'))
    return true;
  return service.name !== undefined && mayBeNamedByOperator(service, service.name, links);
}
