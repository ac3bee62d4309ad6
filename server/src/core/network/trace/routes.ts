/** Which Ingress, Route or Gateway answers a request from outside, and where it leads. */
import { tableOf } from '../../kinds/table';
import type { Reference, Resource, TlsFacts } from '../../resource';
import { annotation } from '../../resource';
import { likely } from '../../links';
import type { ListenerFacts } from '../../gateway-facts';
import type { WantedPort } from './written-ends';
import { namedPort } from '../backend-port';
import { answer } from '../gateway-requests';
import { ingressClassOf } from '../ingress-class';
import { backendFor, routesOf } from '../ingress-routes';
import { matchHost } from '../routes';
import { ingressClass } from '../../kinds/ingress-class';
import { sameKind } from '../../resource';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { Scene } from './scene';
import { homeOf } from './scene';

export interface WebRequest {
  readonly host: string;
  readonly path: string;
  readonly scheme: string | undefined;
  readonly port: number | undefined;
}

/** A Service that answers, and the port of it that the route names. */
export interface RouteEnd extends WantedPort {
  readonly service: Resource;
}

export interface Routed {
  readonly hops: readonly Hop[];
  /** The Ingress or Gateway that takes the request. */
  readonly by: Resource;
  readonly ends: readonly RouteEnd[];
}

/** Who takes a request: what names its host before what takes all hosts. Undefined where nothing here does. */
export function routeRequest(scene: Scene, request: WebRequest): Routed | undefined {
  const edge = scene.resources.filter((resource) => !resource.owned && tableOf(resource)?.layer === 'edge');
  const ingresses = edge.filter((resource) => !resource.gateway && resource.references.some(({ route }) => route));
  const taking = ingresses.filter((ingress) =>
    routesOf(ingress).some(({ host }) => host !== undefined && host !== '' && matchHost(host, request.host)),
  );
  const gateways = scene.resources.filter((item) => item.gateway?.type === 'gateway' && item.kind === 'Gateway');
  if (taking.length > 0) return throughIngress(scene, ingresses, request);
  for (const gateway of gateways) {
    const routed = throughGateway(scene, gateway, request);
    if (routed) return routed;
  }
  return throughIngress(scene, ingresses, request);
}

/** The hosts that Ingresses and routes name here, for those who ask for another one. */
export function knownHosts({ resources }: Scene): readonly string[] {
  const hosts = resources.flatMap((resource) => [
    ...routesOf(resource).flatMap(({ host }) => host ?? []),
    ...(resource.gateway?.type === 'route' ? resource.gateway.route.hostnames.map(({ text }) => text) : []),
  ]);
  return [...new Set(hosts)];
}

/** The Ingresses and routes that lead to a Service. */
export function routesTo(scene: Scene, service: Resource): readonly Resource[] {
  const found = scene.links.referrers(service).filter(({ reference }) => reference.role === 'routes');
  return [...new Set(found.map(({ from }) => from))];
}

function throughIngress(scene: Scene, ingresses: readonly Resource[], request: WebRequest): Routed | undefined {
  const reference = backendFor(ingresses, request);
  const by = reference && ingresses.find((ingress) => ingress.references.includes(reference));
  if (!by) return undefined;
  const certificates = ingresses.flatMap((ingress) => ingress.tls.map((tls) => ({ ingress, tls })));
  const service = likely(scene.links.resolve(by, reference)).find((item) => item.service);
  const name = nameOf(by, scene.namespace);
  const port = reference.port?.text ?? '';
  const where = `${reference.route?.host?.text ?? '*'}${reference.route?.path?.text ?? '/'}`;
  const hop: Hop = {
    step: 'ingress',
    title: `${name} sends ${where} to Service ${homeOf(scene, by)}/${reference.name.text} port ${port}`,
    verdict: service ? 'ok' : 'unresolved',
    at: reference.name.origin,
    detail: service
      ? details(scene, by, request, certificates)
      : `there is no Service ${reference.name.text} in namespace ${homeOf(scene, by)} here`,
  };
  return { hops: [hop], by, ends: service ? [routeEnd(service, reference)] : [] };
}

/** A backend names a port of the Service, by number or name. */
function routeEnd(service: Resource, { port }: Reference): RouteEnd {
  const found = port && service.service ? namedPort(service.service, port) : undefined;
  const number = found?.port?.value ?? port?.value;
  return {
    service,
    port: typeof number === 'number' ? number : port?.text,
    protocol: found?.protocol,
  };
}

interface Certificate {
  readonly ingress: Resource;
  readonly tls: TlsFacts;
}

/** `certificates`: those of all Ingresses, since one for the host may stand in another of them. */
function details(scene: Scene, ingress: Resource, request: WebRequest, certificates: readonly Certificate[]): string {
  const classes = scene.resources.filter((item) => sameKind(item, ingressClass));
  const { name, annotation: old } = ingressClassOf(ingress, classes);
  const chosen = name ?? old?.text;
  return [
    chosen === undefined ? 'no class: the controller that takes such Ingresses answers' : `class ${chosen}`,
    tlsWords(scene, ingress, request, certificates, chosen),
    'the controller sends to the pods straight, or by the Service',
  ]
    .filter((part) => part !== undefined)
    .join('; ');
}

/** TLS in words: the certificate of a host, or that none is for it; how plain requests are answered. */
function tlsWords(
  scene: Scene,
  ingress: Resource,
  { host, scheme, port }: WebRequest,
  certificates: readonly Certificate[],
  chosen: string | undefined,
): string | undefined {
  const isTls = scheme === 'https' || scheme === 'wss' || (scheme === undefined && port === 443);
  const own = certificates.find(({ ingress: of, tls }) =>
    tls.hosts.length === 0 ? of === ingress : tls.hosts.some(({ text }) => matchHost(text, host)),
  );
  if (isTls && !own) {
    const others = ingress.tls.flatMap(({ hosts }) => hosts.map(({ text }) => text));
    return others.length > 0
      ? `TLS here is for ${listed(others)} and not for ${host}: the controller shows a certificate of its own, which clients refuse`
      : 'no TLS here: the controller shows a certificate of its own, unless something before it ends TLS';
  }
  if (isTls) return own && `TLS with ${certificateName(scene, own)}`;
  const redirect = annotation(ingress, 'nginx.ingress.kubernetes.io/ssl-redirect')?.text;
  const forced = annotation(ingress, 'nginx.ingress.kubernetes.io/force-ssl-redirect')?.text === 'true';
  if (!own && !forced) return undefined;
  const tls = own ? `TLS with ${certificateName(scene, own)}, ` : '';
  if (chosen === 'nginx' || forced)
    return redirect === 'false' && !forced
      ? `${tls}and plain requests are answered too (ssl-redirect is false)`
      : `${tls}${own ? 'and ' : ''}plain requests are answered with a redirect to https`;
  return `${tls}and whether plain requests are redirected to https is the controller’s choice`;
}

/** The Secret of an item of `tls`, which may name none. */
function certificateName(scene: Scene, { ingress, tls }: Certificate): string {
  const secret = ingress.references.find(
    ({ role, at }) => role === 'attaches' && at.start >= tls.at.start && at.end <= tls.at.end && at.uri === tls.at.uri,
  );
  const where = nameOf(ingress, scene.namespace);
  return secret ? `Secret ${secret.name.text} of ${where}` : `the certificate that the controller has for ${where}`;
}

function throughGateway(scene: Scene, gateway: Resource, request: WebRequest): Routed | undefined {
  const { links, namespace } = scene;
  const answered = answer(
    gateway,
    {
      host: request.host,
      path: request.path,
      method: 'GET',
      headers: new Map(),
      ...(request.port === undefined ? {} : { port: request.port }),
    },
    links,
  );
  const { route, listener, status, services, backends } = answered;
  if (!route || !listener) return undefined;
  const name = nameOf(gateway, namespace);
  const { facts } = listener;
  const mismatch = otherLanguage(facts, request);
  const listens: Hop = {
    step: 'gateway',
    title: `${name} listens on ${facts.port?.text ?? '?'}/${facts.protocol?.text ?? '?'} (${facts.name?.text ?? 'listener'})${mismatch}`,
    verdict: mismatch === '' ? 'ok' : 'unresolved',
    at: facts.at,
    detail:
      [
        ...(facts.certificates.length > 0
          ? [`TLS with ${listed(facts.certificates.map((item) => `${item.target.kind} ${item.name.text}`))}`]
          : []),
        ...(facts.hostname ? [`for ${facts.hostname.text}`] : []),
      ].join('; ') || undefined,
  };
  const names = services.map(
    (service, index) => `${nameOf(service, namespace)} port ${backends[index]?.port?.text ?? '?'}`,
  );
  const outcome =
    status === 302
      ? 'answers with a redirect'
      : names.length > 0
        ? `sends it to ${listed(names)}`
        : 'has no backend that can answer: status 500';
  const routes: Hop = {
    step: 'gateway',
    title: `${nameOf(route, namespace)} ${outcome}`,
    verdict: status === 500 ? 'unresolved' : 'ok',
    at: backends[0]?.name.origin ?? route.nameAt,
  };
  return {
    hops: [listens, routes],
    by: gateway,
    ends: services.flatMap((service, index) => {
      const reference = backends[index];
      return reference ? [routeEnd(service, reference)] : [];
    }),
  };
}

/** What is wrong where a client speaks TLS and the listener does not, or the other way round. */
function otherLanguage({ protocol }: ListenerFacts, { scheme }: WebRequest): string {
  const isTls = scheme === 'https' || scheme === 'wss';
  if (isTls && protocol?.text === 'HTTP') return ', which speaks no TLS';
  const isPlain = scheme === 'http' || scheme === 'ws';
  return isPlain && (protocol?.text === 'HTTPS' || protocol?.text === 'TLS') ? ', which answers TLS only' : '';
}
