import type { Draft } from '../finding';
import { say } from '../finding';
import { gatewayClass } from '../kinds/gateway-class';
import type { ReadResource } from '../kinds/read';
import { referenceGrant } from '../kinds/reference-grant';
import type { Links } from '../links';
import type { Conflict, Listener } from '../network/gateway-listeners';
import { conflictsOf, listenersOf, ownListeners } from '../network/gateway-listeners';
import { each, field, textAt } from '../path';
import type { Field } from '../path';
import type { Reference, Resource } from '../resource';
import { annotation, sameKind } from '../resource';
import { defineRule } from './define';
import { badAddress, badReference, twice } from './shared/gateway-checks';
import { badListener } from './shared/invalid-listener';
import { badName, refused } from './shared/refused';
import { named } from './shared/words';

/** What the CRDs refuse in Gateways, ListenerSets, GatewayClasses and ReferenceGrants, and listeners that conflict. */
export const invalidGateway = defineRule({
  id: 'invalid-gateway',
  summary: 'The API server or every controller refuses a Gateway, ListenerSet, GatewayClass or ReferenceGrant',
  levels: ['error', 'warning'],
  *resource(read) {
    yield* fields(read);
    if (read.resource.gateway?.type === 'gateway' && !parentOf(read.resource))
      yield* conflicts(ownListeners(read.resource));
  },
  *linked(resource, links) {
    if (parentOf(resource)) yield* conflictsOfSet(resource, links);
  },
});

function* fields(read: ReadResource): Iterable<Draft> {
  const { resource, tree } = read;
  const spec = field(tree, 'spec');
  if (resource.gateway?.type === 'gateway') yield* badListeners(resource, spec);
  if (sameKind(resource, gatewayClass)) {
    const controller = field(spec, 'controllerName');
    if (!textAt(controller))
      yield refused(controller, say`a GatewayClass needs a controllerName, such as example.com/gateway`);
    yield* badName(controller, 'domainPrefixedPath', 'the controllerName');
  }
  if (sameKind(resource, referenceGrant)) yield* badGrant(spec);
}

function* badListeners(resource: Resource, spec: Field): Iterable<Draft> {
  const isSet = resource.kind.endsWith('ListenerSet');
  const className = field(spec, 'gatewayClassName');
  if (isSet) yield* badParent(field(spec, 'parentRef'));
  else if (!textAt(className) && className.value === undefined)
    yield refused(className, say`a Gateway needs a gatewayClassName`);
  const listeners = each(field(spec, 'listeners'));
  const list = field(spec, 'listeners');
  if (listeners.length === 0 && (list.value === undefined || list.value.type === 'list'))
    yield refused(list, say`a ${resource.kind} needs at least one listener`);
  // Some controllers find the certificate by an annotation or by parameters of their own.
  const hasOwnCertificate =
    annotation(resource, 'networking.gke.io/certmap') !== undefined ||
    field(spec, 'infrastructure', 'parametersRef').value !== undefined;
  for (const listener of listeners) yield* badListener(listener, hasOwnCertificate, isSet);
  for (const address of each(field(spec, 'addresses'))) yield* badAddress(address);
  yield* twice(
    listeners,
    (listener) => textAt(field(listener, 'name')),
    (name) => say`two listeners are named ${name}; the name of a listener is unique`,
  );
}

function* badParent(parent: Field): Iterable<Draft> {
  if (parent.value === undefined)
    yield refused(parent, say`a ListenerSet needs a parentRef: the Gateway that it adds listeners to`);
  else
    yield* badReference(parent, {
      name: field(parent, 'name'),
      group: field(parent, 'group'),
      kind: field(parent, 'kind'),
    });
}

function* badGrant(spec: Field): Iterable<Draft> {
  for (const [key, needed] of [
    ['from', ['group', 'kind', 'namespace']],
    ['to', ['group', 'kind']],
  ] as const) {
    const items = each(field(spec, key));
    const list = field(spec, key);
    if (items.length === 0) yield refused(list, say`a ReferenceGrant needs at least one item in ${key}`);
    for (const item of items) {
      for (const name of needed) {
        const at = field(item, name);
        if (at.value === undefined)
          yield refused(at, say`${key} needs a ${name}${name === 'group' ? " ('' for Services and Secrets)" : ''}`);
      }
      yield* badName(field(item, 'group'), 'dns1123Subdomain', 'the API group');
      yield* badName(field(item, 'namespace'), 'dns1123Label', 'the namespace');
    }
  }
}

/** The Gateway of a ListenerSet. */
function parentOf({ gateway }: Resource): Reference | undefined {
  return gateway?.type === 'gateway' ? gateway.gateway.parent : undefined;
}

/** Listeners that no request can be told apart for: in one object none of them is served. */
function* conflicts(listeners: readonly Listener[], of?: Resource): Iterable<Draft> {
  for (const [listener, conflict] of conflictsOf(listeners))
    if (of === undefined || listener.owner === of) yield draft(listener, conflict);
}

/** A ListenerSet comes after its Gateway: what loses there does not conflict with what is beside it. */
function* conflictsOfSet(set: Resource, links: Links): Iterable<Draft> {
  const parent = parentOf(set);
  const { to = [], maybe = [] } = parent ? links.resolve(set, parent) : {};
  const [owner] = to;
  if (owner) yield* conflicts(listenersOf(owner, links), set);
  else if (maybe.length === 0) yield* conflicts(ownListeners(set));
}

function draft({ facts, owner }: Listener, { reason, with: other }: Conflict): Draft {
  const { name, port, protocol, hostname } = facts;
  const speaks = reason === 'ProtocolConflict';
  const own = name?.text ?? '';
  const isBeside = other.owner === owner;
  const theirs = say`listener ${other.facts.name?.text ?? ''}${isBeside ? undefined : say` of ${named(other.owner)}`}`;
  const noHosts = protocol?.text === 'TCP' || protocol?.text === 'UDP';
  const shared = hostname ? ` and hostname ${hostname.text}` : noHosts ? '' : ' for every hostname';
  const consequence = isBeside
    ? ', so neither is served'
    : sameKind(owner, other.owner)
      ? ': the older of the two is served'
      : ', which comes first, so it is not served';
  return {
    level: isBeside ? 'error' : 'warning',
    at: (speaks ? protocol : (hostname ?? port))?.origin ?? facts.at,
    path: `${facts.path}.${speaks ? 'protocol' : hostname ? 'hostname' : 'port'}`,
    message: speaks
      ? say`listener ${own} speaks ${protocol?.text} on port ${port?.text}, where ${theirs} speaks ${other.facts.protocol?.text}${consequence}`
      : say`listener ${own} has port ${port?.text}${shared} like ${theirs}${consequence}`,
    related: [{ at: other.facts.name?.origin ?? other.facts.at, message: theirs }],
  };
}
