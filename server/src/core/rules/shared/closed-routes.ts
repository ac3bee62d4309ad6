/** Ports of Services that the outside world is led to, and that policies close to it. */
import type { Draft, Text } from '../../finding';
import { say } from '../../finding';
import { tableOf } from '../../kinds/table';
import type { Links } from '../../links';
import { namedPort } from '../../network/backend-port';
import type { Backend, PortEndpoints } from '../../network/endpoints';
import { endpointsOf, mayListen } from '../../network/endpoints';
import { attachmentsOf } from '../../network/gateway-attachment';
import type { EnteredBackend, EntryVerdict } from '../../network/policy/entry-verdicts';
import { controllersOf, enteredBackends } from '../../network/policy/entry-verdicts';
import { portNamesOf } from '../../network/policy/verdicts';
import type { PolicyRule } from '../../policy-facts';
import type { Protocol } from '../../ports';
import type { Reference, Resource } from '../../resource';
import { decidingLine, nodeWords, whoDenies } from './blocked';
import { entryFixes } from './entry-fixes';
import { kindAndName, mention, named } from './words';

/** A way from outside to a Service. */
export interface Way {
  /** The Ingress or route; undefined for NodePort and LoadBalancer. */
  readonly route: Resource | undefined;
  readonly text: Text;
}

/** What to say of the ports of a Service that ways from outside lead to and whose pods they do not reach. */
export function* closedPorts(service: Resource, links: Links): Iterable<Draft> {
  const facts = service.service;
  if (!facts || service.owned || facts.type === 'ExternalName') return;
  const routes = links
    .referrers(service)
    .filter(({ from, reference }) => reference.role === 'routes' && tableOf(from)?.layer === 'edge' && !from.owned);
  const isOpened = facts.type === 'NodePort' || facts.type === 'LoadBalancer';
  if (routes.length === 0 && !isOpened) return;
  const { ports } = endpointsOf(service, facts, links);
  for (const port of ports) {
    const [first] = routes.filter(({ reference }) => leadsTo(reference, service, port)).map(({ from }) => from);
    const ways: Way[] = [
      ...(first ? [{ route: first, text: named(first) }] : []),
      ...(isOpened && !isKeptForPods(port, ports, links)
        ? [{ route: undefined, text: say`its type ${facts.type}` }]
        : []),
    ];
    const found = ways.map((way) => closedTo(service, port, way, links)).find((closed) => closed !== undefined);
    if (found) yield found.draft;
  }
}

/**
 * Type NodePort or LoadBalancer opens all ports of a Service at once. Where others are open to the outside world and a rule
 * lets pods into this one, named by itself, it is closed on purpose.
 */
function isKeptForPods(port: PortEndpoints, ports: readonly PortEndpoints[], links: Links): boolean {
  const isEntered = (other: PortEndpoints) =>
    enteredBackends(links, other, undefined).some(({ verdict }) => verdict.allowed !== false);
  const isKept = ({ backend, verdict: { allowed, decision } }: EnteredBackend) =>
    allowed !== false ||
    (decision.by === 'isolation' &&
      decision.policies.some(({ policy }) =>
        policy?.ingress?.rules.some((rule) => letsPodsInto(rule, port.port.protocol, backend)),
      ));
  return (
    ports.some((other) => other !== port && isEntered(other)) && enteredBackends(links, port, undefined).every(isKept)
  );
}

/** A rule for pods that lists the port; a range that holds all of them names none. */
function letsPodsInto(
  { peers = [], ports = [] }: PolicyRule,
  protocol: Protocol,
  { workload, number }: Backend,
): boolean {
  const names = portNamesOf(workload);
  return (
    peers.some(({ type }) => type === 'pods') &&
    ports.some(
      ({ protocols, numbers, name }) =>
        protocols.includes(protocol) &&
        (numbers
          ? numbers.first <= number && number <= numbers.last && numbers.last - numbers.first < 65534
          : names.numbers(protocol, name ?? '').includes(number)),
    )
  );
}

function leadsTo({ port }: Reference, { service }: Resource, { port: item }: PortEndpoints): boolean {
  return port === undefined || (service !== undefined && namedPort(service, port) === item);
}

/** What to say where pods are not reached. */
export interface Closed {
  readonly draft: Draft;
  /** Some pods are reached, or may be. */
  readonly isPart: boolean;
}

/** What to say of one port and one way to it; undefined where all pods are reached, or that is not known. */
export function closedTo(service: Resource, port: PortEndpoints, way: Way, links: Links): Closed | undefined {
  if (way.route && isRefused(way.route, links)) return undefined;
  const found = enteredBackends(links, port, way.route);
  const closed = found.filter(({ verdict }) => verdict.allowed === false);
  const isPart = closed.length < found.length;
  const [first, ...more] = isPart ? closed.filter(({ backend, verdict }) => isFailing(backend, verdict, port)) : closed;
  if (!first) return undefined;
  const { backend, verdict } = first;
  const isGuess = [first, ...more].some(({ verdict: { guessed } }) => guessed);
  const subject = way.route
    ? say`the controller of ${way.text} does not reach`
    : say`the outside world, to which ${way.text} opens it, does not reach`;
  const draft: Draft = {
    level: isGuess ? 'information' : 'warning',
    at: (port.port.port ?? port.port.name)?.origin ?? port.port.at,
    path: port.port.path,
    message: say`policies close ${isPart ? 'some pods behind ' : ''}port ${port.port.port?.text} of ${kindAndName(service)}: ${subject} ${named(backend.workload)} on port ${backend.number}/${port.port.protocol}, since ${whoDenies(verdict.decision, 'ingress')}${isGuess ? ', but for peers that nothing here has the labels of' : ''}${way.route ? nodeWords(controllersOf(links, way.route)) : []}${isPart ? `; the Service leads to other pods too, so that a part of the requests fails` : ''}`,
    related: [
      ...decidingLine(verdict.decision, 'ingress'),
      ...(way.route ? [mention(way.route)] : []),
      mention(backend.workload),
    ],
    fixes: isGuess ? [] : entryFixes(port, backend, verdict, way.route, links),
  };
  return { draft, isPart };
}

/** Requests go to these pods too, and fail for certain. */
function isFailing({ workload, number }: Backend, { guessed }: EntryVerdict, { port }: PortEndpoints): boolean {
  return !guessed && workload.pods !== undefined && mayListen(workload.pods, port.protocol, number);
}

/** No Gateway takes the route, which is said there: nobody sends its requests. */
function isRefused(route: Resource, links: Links): boolean {
  const attachments = attachmentsOf(route, links);
  return attachments.length > 0 && attachments.every(({ verdict }) => verdict === 'no');
}
