import type { Draft } from '../finding';
import { say } from '../finding';
import type { Links } from '../links';
import { namedPort } from '../network/backend-port';
import { endpointsOf } from '../network/endpoints';
import type { Reference, Resource } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { closedTo } from './shared/closed-routes';
import { isAction } from './shared/ingress-backends';
import { serviceNoEndpoints } from './service-no-endpoints';
import { servicePortUnresolved } from './service-port-unresolved';
import { serviceSelectorMatchesNothing } from './service-selector-matches-nothing';
import { named } from './shared/words';
import { service } from '../kinds/service';

/** The rules whose finding means that a Service, or one of its ports, has no endpoint. */
const judges = [serviceSelectorMatchesNothing, servicePortUnresolved, serviceNoEndpoints];

/** A route to a Service without endpoints is answered with 503. The mistake is at the Service; who reads the route sees it here. */
export const routeLeadsNowhere = defineRule({
  id: 'route-leads-nowhere',
  summary: 'A route reaches a Service that leads to no pod',
  levels: ['error', 'warning', 'information'],
  about: ['reference routes'],
  *linked(resource, links, settings) {
    const drafts = new Map<Resource, readonly Draft[]>();
    const draftsOf = (service: Resource) => {
      const known =
        drafts.get(service) ?? judges.flatMap((rule) => [...(rule.linked?.(service, links, settings) ?? [])]);
      drafts.set(service, known);
      return known;
    };
    for (const reference of resource.references) {
      if (reference.role === 'routes' && sameKind(reference.target, service) && !isAction(resource, reference))
        yield* judge(resource, reference, links, draftsOf);
    }
  },
});

/** What the rules about Services say of one. */
type Judgement = (service: Resource) => readonly Draft[];

function* judge(from: Resource, reference: Reference, links: Links, draftsOf: Judgement): Iterable<Draft> {
  const { to, unknown } = links.resolve(from, reference);
  if (unknown || (reference.port && isTemplated(reference.port.text))) return;
  const reasons = to.map((service) => ({ service, draft: nowhere(service, reference, draftsOf) }));
  const [first] = reasons;
  if (!first?.draft || reasons.some(({ draft }) => draft === undefined)) {
    yield* closed(from, reference, to, links);
    return;
  }
  const { service, draft } = first;
  const isPort = draft.path?.startsWith('spec.ports[') === true;
  yield {
    level: draft.level,
    at: isPort && reference.port ? reference.port.origin : reference.name.origin,
    path: reference.path,
    message: say`${named(service)} leads nowhere: ${draft.message}`,
    related: [{ at: draft.at, message: draft.message }],
  };
}

/** Pods that are there, and that policies close to whoever brings the requests. */
function* closed(from: Resource, reference: Reference, to: readonly Resource[], links: Links): Iterable<Draft> {
  const found = to.map((service) => {
    const { service: facts } = service;
    const wanted = facts && reference.port ? namedPort(facts, reference.port) : undefined;
    const ports = facts ? endpointsOf(service, facts, links).ports : [];
    const port = ports.find((item) => item.port === wanted) ?? (reference.port ? undefined : ports[0]);
    return port && closedTo(service, port, { route: from, text: named(from) }, links);
  });
  const [first] = found;
  if (!first || found.includes(undefined)) return;
  const { draft, isPart } = first;
  yield {
    ...draft,
    at: reference.name.origin,
    path: reference.path,
    message: say`${isPart ? 'not every' : 'no'} request arrives: ${draft.message}`,
  };
}

/** What is said about a Service that has no endpoint for the port of a route. */
function nowhere(service: Resource, { port }: Reference, draftsOf: Judgement): Draft | undefined {
  const reached = service.service && port ? namedPort(service.service, port) : undefined;
  return draftsOf(service).find(({ path }) => {
    const ofPort = /^spec\.ports\[\d+\]/.exec(path ?? '')?.[0];
    return ofPort === undefined || ofPort === reached?.path;
  });
}
