/** Which Ingress, Route or Gateway answers a request from outside, and where it leads. */
import { tableOf } from '../../kinds/table';
import type { Reference, Resource } from '../../resource';
import { likely } from '../../links';
import type { WantedPort } from './ends';
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
      ? details(scene, by, request)
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

function details(scene: Scene, ingress: Resource, { scheme, port }: WebRequest): string {
  const classes = scene.resources.filter((item) => sameKind(item, ingressClass));
  const { name, annotation } = ingressClassOf(ingress, classes);
  const chosen = name ?? annotation?.text;
  const secret = ingress.references.find(({ role, path }) => role === 'attaches' && path.startsWith('spec.tls'));
  const isTls = scheme === 'https' || scheme === 'wss' || (scheme === undefined && port === 443);
  return [
    chosen === undefined ? 'no class: the controller that takes such Ingresses answers' : `class ${chosen}`,
    ...(secret ? [`TLS with Secret ${secret.name.text}${isTls ? '' : ', mostly with a redirect to https'}`] : []),
    ...(isTls && !secret ? ['no TLS here: the controller shows a certificate of its own'] : []),
    'the controller sends to the pods straight, or by the Service',
  ].join('; ');
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
  const listens: Hop = {
    step: 'gateway',
    title: `${name} listens on ${facts.port?.text ?? '?'}/${facts.protocol?.text ?? '?'} (${facts.name?.text ?? 'listener'})`,
    verdict: 'ok',
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
