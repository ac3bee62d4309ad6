import type { Draft, Text } from '../finding';
import { list, say } from '../finding';
import type { ListenerFacts, ParentFacts } from '../gateway-facts';
import { tableOf } from '../kinds/table';
import type { Links } from '../links';
import { isNear } from '../near';
import { namedPort } from '../network/backend-port';
import type { Reference, Resource } from '../resource';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { addNamespace } from './shared/add-beside';
import { portText } from './shared/backend-port';
import { holderPath, isCertain, routeOf } from './shared/gateway-routes';
import { namesNothing } from './shared/names-nothing';
import { mention, named, replace, replaceNumber } from './shared/words';

/** A route that attaches to nothing gets no request, and no status tells why (RouteConditionReason NoMatchingParent). */
export const routeParentUnresolved = defineRule({
  id: 'route-parent-unresolved',
  summary: 'The Gateway, listener or Service that a route attaches to is not there',
  levels: ['warning', 'information'],
  about: ['gateway'],
  *linked(resource, links) {
    for (const parent of parentsOf(resource)) {
      // A kind without a table is one that only its implementation knows.
      if (tableOf(parent.reference.target)) yield* judge(resource, parent, links);
    }
  },
});

/** What routes attach to, and the Gateway of a ListenerSet. */
function parentsOf(resource: Resource): readonly ParentFacts[] {
  const route = routeOf(resource);
  if (route) return route.parents;
  const reference = resource.gateway?.type === 'gateway' ? resource.gateway.gateway.parent : undefined;
  return reference ? [{ reference, sectionName: undefined, port: undefined }] : [];
}

function* judge(from: Resource, parent: ParentFacts, links: Links): Iterable<Draft> {
  const { reference } = parent;
  const missing = namesNothing(from, reference, links, {
    consequence: ', so nothing sends requests here',
    boundary: reference.namespace ? undefined : ', which the reference must name',
    mayBeMeant: () => true,
    shared: true,
  });
  if (missing) {
    yield { ...missing, fixes: [...(missing.fixes ?? []), ...addNamespace(from, reference, links)] };
    return;
  }
  const { to, maybe, unknown } = links.resolve(from, reference);
  if (unknown || to.length === 0 || !to.every((owner) => isCertain(from, owner))) return;
  const drafts = [...to, ...maybe].map((owner) => sectionProblem(parent, owner));
  const [first] = drafts;
  if (first && drafts.every((draft) => draft !== undefined)) yield first;
}

/** Why no listener (or port, of a Service) is the one that a parentRef chooses. */
function sectionProblem({ reference, sectionName, port }: ParentFacts, owner: Resource): Draft | undefined {
  if ([sectionName, port].some((item) => item && isTemplated(item.text))) return undefined;
  if (owner.service) return portProblem(reference, sectionName ?? port, owner);
  if (owner.gateway?.type !== 'gateway') return undefined;
  const { listeners } = owner.gateway.gateway;
  if (listeners.some(({ name, port: own }) => [name, own].some((item) => item && isTemplated(item.text))))
    return undefined;
  const named_ = sectionName ? listeners.filter(({ name }) => name?.text === sectionName.text) : listeners;
  if (sectionName && named_.length === 0) return noSection(reference, sectionName, owner, listeners);
  if (!port || named_.some((item) => item.port?.value === port.value)) return undefined;
  const numbers = [...new Set(named_.flatMap((item) => item.port ?? []))];
  const [only] = numbers;
  return {
    level: 'warning',
    at: port.origin,
    path: `${holderPath(reference)}.port`,
    message: sectionName
      ? say`listener ${sectionName.text} of ${named(owner)} has port ${only?.text}, not ${port.text}: sectionName and port must choose the same listener`
      : say`no listener of ${named(owner)} has port ${port.text}; ${portsText(numbers)}`,
    related: named_.slice(0, 3).map(listenerMention),
    fixes:
      new Set(numbers.map(({ text }) => text)).size === 1 && typeof only?.value === 'number'
        ? replaceNumber(`Change to ${only.text}`, port, only.value)
        : [],
  };
}

function noSection(
  reference: Reference,
  sectionName: Scalar,
  owner: Resource,
  listeners: readonly ListenerFacts[],
): Draft {
  const names = listeners.flatMap(({ name }) => name ?? []);
  const near = names.filter(({ text }) => isNear(sectionName.text, text));
  const meant = near.length > 0 ? near : names.length === 1 ? names : [];
  return {
    level: 'warning',
    at: sectionName.origin,
    path: `${holderPath(reference)}.sectionName`,
    message: say`${named(owner)} has no listener ${sectionName.text}; ${names.length === 0 ? 'it has none' : say`it has ${list(names.slice(0, 5).map(({ text }) => [text]))}`}`,
    related: listeners.length > 0 ? listeners.slice(0, 3).map(listenerMention) : [mention(owner)],
    fixes: meant.flatMap(({ text }) => replace(`Change to ${text}`, sectionName, text)),
  };
}

/** The mesh takes routes for a Service, or for one of its ports by number or name. */
function portProblem(reference: Reference, written: Scalar | undefined, owner: Resource): Draft | undefined {
  const { service } = owner;
  if (!written || !service || service.ports.length === 0 || namedPort(service, written)) return undefined;
  return {
    level: 'warning',
    at: written.origin,
    path: `${holderPath(reference)}.${written === reference.port ? 'port' : 'sectionName'}`,
    message: say`${named(owner)} has no port ${written.text}; it has ${list(service.ports.map((item) => [portText(item)]))}`,
    related: [{ at: service.ports[0]?.at ?? owner.nameAt, message: say`the ports of ${named(owner)}` }],
  };
}

function listenerMention({ name, at }: ListenerFacts) {
  return { at: name?.origin ?? at, message: say`listener ${name?.text ?? ''}` };
}

function portsText(numbers: readonly Scalar[]): Text {
  const texts = [...new Set(numbers.map(({ text }) => text))];
  return texts.length === 0 ? ['it has none'] : say`they have ${list(texts.slice(0, 5).map((text) => [text]))}`;
}
