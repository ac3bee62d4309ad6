/** What a Gateway does with an HTTP request (HTTPRouteMatch, HTTPRouteRule: precedence; Listener Isolation). */
import type { BackendFacts, MatchFacts, NamedMatch, RuleFacts, TextMatch } from '../gateway-facts';
import type { Links } from '../links';
import type { Reference, Resource } from '../resource';
import { attachmentsTo } from './gateway-attachment';
import { backendOf } from './gateway-backends';
import { compareHostnames, takesHost } from './gateway-hostnames';
import type { Listener } from './gateway-listeners';
import { conflictsOf, listenerSetsOf, listenersOf } from './gateway-listeners';
import { matchPath } from './routes';

export interface GatewayRequest {
  readonly host: string;
  /** With or without a query. */
  readonly path: string;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  /** The listener's port; undefined for whichever takes the host. */
  readonly port?: number;
}

/** What the Gateway answers by itself, or who answers. */
export interface Answer {
  readonly status: 200 | 302 | 404 | 500;
  readonly route: Resource | undefined;
  /** The Services that share the requests; others with a weight are answered with 500. */
  readonly services: readonly Resource[];
  /** The references that name `services`, one for each. */
  readonly backends: readonly Reference[];
  readonly listener: Listener | undefined;
}

interface Candidate {
  readonly route: Resource;
  readonly rule: RuleFacts;
  readonly order: number;
  readonly match: MatchFacts;
  readonly hostname: string;
}

/** The answer to a request, by the one listener that takes its host and the routes that attach to that. */
export function answer(gateway: Resource, request: GatewayRequest, links: Links): Answer {
  const listener = listenerFor(gateway, request, links);
  const [best] = listener ? candidates(gateway, listener, request, links).sort(compare) : [];
  const nobody = { listener, route: best?.route, services: [], backends: [] };
  if (!best) return { ...nobody, status: 404 };
  if (best.rule.redirects) return { ...nobody, status: 302 };
  const found = best.rule.backends.flatMap((backend) => serving(best.route, backend, links));
  return {
    listener,
    route: best.route,
    status: found.length > 0 ? 200 : 500,
    services: found.map(({ service }) => service),
    backends: found.map(({ reference }) => reference),
  };
}

function serving(route: Resource, { reference, weight }: BackendFacts, links: Links) {
  const { state, service } = backendOf(route, reference, links);
  return weight > 0 && service && (state === 'resolved' || state === 'unknown') ? [{ service, reference }] : [];
}

/** Of the listeners whose hostname takes the request, that with the narrowest: a request belongs to one listener. */
function listenerFor(gateway: Resource, { host, port }: GatewayRequest, links: Links): Listener | undefined {
  const listeners = listenersOf(gateway, links);
  const conflicts = conflictsOf(listeners);
  const [best] = listeners
    .filter((listener) => !conflicts.has(listener))
    .filter(
      ({ facts }) => /^HTTPS?$/.test(facts.protocol?.text ?? '') && (port === undefined || facts.port?.value === port),
    )
    .filter(({ facts }) => takesHost(facts.hostname?.text, host))
    .sort((a, b) => compareHostnames(a.facts.hostname?.text, b.facts.hostname?.text));
  return best;
}

function candidates(gateway: Resource, listener: Listener, request: GatewayRequest, links: Links): Candidate[] {
  const everything: MatchFacts = { path: undefined, method: undefined, headers: [], queryParams: [] };
  const owners = [gateway, ...listenerSetsOf(gateway, links)];
  return owners
    .flatMap((owner) => attachmentsTo(owner, links))
    .flatMap(({ route, attachment }) => {
      const joined = attachment.listeners.find((item) => item.listener.facts === listener.facts);
      const [hostname] = (joined?.hostnames ?? [])
        .filter((item) => takesHost(item, request.host))
        .sort(compareHostnames);
      if (hostname === undefined || route.gateway?.type !== 'route') return [];
      return route.gateway.route.rules.flatMap((rule, order) =>
        (rule.matches.length > 0 ? rule.matches : [everything])
          .filter((match) => takes(match, request))
          .map((match) => ({ route, rule, order, match, hostname })),
      );
    });
}

function takes({ path, method, headers, queryParams }: MatchFacts, request: GatewayRequest): boolean {
  const lower = (name: string) => name.toLowerCase();
  const sent = new Map([...request.headers].map(([name, value]) => [lower(name), value]));
  return (
    takesPath(path, request.path) &&
    (method === undefined || method === request.method) &&
    headers.every((wanted) => takesNamed(wanted, sent.get(lower(wanted.name)))) &&
    queryParams.every((wanted) => takesNamed(wanted, parametersOf(request.path).get(wanted.name)))
  );
}

/** What a regular expression takes is up to the implementation, so such a match is passed over. */
function takesNamed({ type, value }: NamedMatch, sent: string | undefined): boolean {
  return type === 'Exact' && sent === value;
}

/** Whether the path of a match takes that of a request; without a path it takes all. */
export function takesPath(match: TextMatch | undefined, path: string): boolean {
  switch (match?.type) {
    case undefined:
      return true;
    case 'Exact':
    case 'PathPrefix':
      return matchPath({ path: match.value, pathType: match.type }, path);
    case 'Method':
      return path.split('/').length === 3 && path.endsWith(match.value);
    default:
      return false;
  }
}

/** Of parameters that are sent twice the first counts. */
function parametersOf(path: string): Map<string, string> {
  const [, query = ''] = path.split('?');
  const pairs = query.split('&').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split('=');
    return [name, value];
  });
  return new Map(pairs.reverse());
}

/** Orders matches of one request, the one that answers first. Creation times, which no manifest shows, count as equal. */
function compare(a: Candidate, b: Candidate): number {
  const isLess = (left: string, right: string) => Number(left > right) - Number(left < right);
  const fullName = ({ route }: Candidate) => `${route.namespace ?? ''}/${route.name ?? ''}`;
  return (
    compareHostnames(a.hostname, b.hostname) ||
    comparePaths(a.match.path, b.match.path) ||
    Number(b.match.method !== undefined) - Number(a.match.method !== undefined) ||
    b.match.headers.length - a.match.headers.length ||
    b.match.queryParams.length - a.match.queryParams.length ||
    isLess(fullName(a), fullName(b)) ||
    a.order - b.order
  );
}

function comparePaths(a: TextMatch | undefined, b: TextMatch | undefined): number {
  const isExact = (match: TextMatch | undefined) => Number(match?.type === 'Exact');
  const length = (match: TextMatch | undefined) => match?.value.length ?? 1;
  return isExact(b) - isExact(a) || length(b) - length(a);
}
