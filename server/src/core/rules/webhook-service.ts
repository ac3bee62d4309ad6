import type { Draft } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { service } from '../kinds/service';
import type { Reference, Resource, ServiceFacts } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { lacksPort, portText } from './shared/backend-port';
import { namesNothing } from './shared/names-nothing';
import { named } from './shared/words';

/** A Service that the API server itself calls: it must be there and have the port, or requests to the API fail. */
export const webhookService = defineRule({
  id: 'webhook-service',
  summary: 'A webhook, an APIService or a CRD conversion calls a Service or port that is not there',
  levels: ['warning', 'information'],
  about: ['reference calls'],
  *linked(resource, links) {
    for (const reference of resource.references) {
      const { portByDefault } = reference;
      if (portByDefault === undefined || !sameKind(reference.target, service)) continue;
      const wanted = reference.port?.value ?? portByDefault;
      const draft =
        namesNothing(resource, reference, links, {
          consequence: ', so the API server has nobody to call',
          mayBeMeant: (candidate) => candidate.service?.ports.some(({ port }) => port?.value === wanted) === true,
        }) ??
        lacksPort(resource, reference, links, () => reference.path.replace(/name$/, 'port'), 'the API server calls') ??
        lacksDefault(resource, reference, portByDefault, links);
      if (draft) yield draft;
    }
  },
});

function lacksDefault(from: Resource, reference: Reference, number: number, links: Links): Draft | undefined {
  if (reference.port) return undefined;
  const { to, maybe, unknown } = links.resolve(from, reference);
  const [first] = to;
  const facts = first?.service;
  if (unknown || !first || !facts || ![...to, ...maybe].every((item) => item.service && lacks(item.service, number)))
    return undefined;
  const [only] = facts.ports;
  return {
    level: 'warning',
    at: reference.name.origin,
    path: reference.path,
    message: say`${named(first)} has no port ${number}, which the API server calls where no port is written; it has ${facts.ports.map(portText).join(', ')}`,
    related: [{ at: only?.at ?? first.nameAt, message: say`the ports of ${named(first)}` }],
  };
}

function lacks({ ports }: ServiceFacts, number: number): boolean {
  return ports.length > 0 && ports.every(({ port }) => port && !isTemplated(port.text) && port.value !== number);
}
