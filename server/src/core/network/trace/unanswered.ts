/** Why nothing here answers a request from outside: which Ingress or route knows the host, and what it lacks. */
import type { Resource } from '../../resource';
import { attachmentsOf } from '../gateway-attachment';
import type { Attachment } from '../gateway-attachment';
import { takesHost } from '../gateway-hostnames';
import { routesOf } from '../ingress-routes';
import { matchHost } from '../routes';
import type { Hop } from './hop';
import { listed, nameOf } from './hop';
import type { WebRequest } from './routes';
import type { Scene } from './scene';
import { homeOf } from './scene';

/** One hop for each Ingress and route that is for the host; none where no one is. */
export function unanswered(scene: Scene, request: WebRequest): Hop[] {
  return scene.resources.flatMap((resource) =>
    resource.owned
      ? []
      : resource.gateway?.type === 'route'
        ? byRoute(scene, resource, request)
        : byIngress(scene, resource, request),
  );
}

/** It takes the host, and no path of it is the one that is asked for. */
function byIngress(scene: Scene, ingress: Resource, { host, path }: WebRequest): Hop[] {
  const routes = routesOf(ingress).filter((route) => matchHost(route.host ?? '', host));
  const [first] = routes;
  if (!first) return [];
  const paths = [...new Set(routes.map((route) => route.path ?? '/'))];
  return [
    {
      step: 'ingress',
      title: `${nameOf(ingress, scene.namespace)} answers for ${first.host ?? 'all hosts'}, and has no path for ${path}`,
      verdict: 'unresolved',
      at: first.reference.route?.path?.origin ?? first.reference.name.origin,
      detail: `it has ${listed(paths)}: ask for one of them, or add a path for ${path}`,
    },
  ];
}

function byRoute(scene: Scene, route: Resource, request: WebRequest): Hop[] {
  if (route.gateway?.type !== 'route') return [];
  const { hostnames } = route.gateway.route;
  if (!hostnames.some(({ text }) => takesHost(text, request.host))) return [];
  return attachmentsOf(route, scene.links).map((attachment): Hop => ({
    step: 'gateway',
    verdict: 'unresolved',
    at: attachment.parent.reference.name.origin,
    ...words(scene, route, attachment, request),
  }));
}

function words(
  scene: Scene,
  route: Resource,
  { parent, to, refusal, listeners, chosen }: Attachment,
  { host, path, port }: WebRequest,
): Pick<Hop, 'title' | 'detail'> {
  const name = nameOf(route, scene.namespace);
  const { reference, sectionName } = parent;
  const owner = to
    ? nameOf(to, scene.namespace)
    : `${reference.target.kind} ${reference.namespace?.text ?? homeOf(scene, route)}/${reference.name.text}`;
  if (!to) return { title: `${name} is for ${host}, and ${owner} that it attaches to is not here`, detail: undefined };
  if (refusal === 'NotAllowedByListeners')
    return {
      title: `${name} is for ${host}, and ${owner} does not take it: ${listed(chosen.map(({ facts }) => `listener ${facts.name?.text ?? '?'}`))} ${chosen.length === 1 ? 'allows' : 'allow'} no ${route.kind} of namespace ${homeOf(scene, route)}`,
      detail: `let namespace ${homeOf(scene, route)} in by allowedRoutes of ${owner}`,
    };
  if (refusal === 'NoMatchingParent')
    return {
      title: `${name} is for ${host}, and ${owner} has no listener ${sectionName?.text ?? ''}${parent.port ? ` on port ${parent.port.text}` : ''}`,
      detail: `name a listener of ${owner} in parentRefs of ${name}`,
    };
  if (refusal === 'NoMatchingListenerHostname')
    return {
      title: `${name} is for ${host}, and no listener of ${owner} takes such hosts`,
      detail: `its listeners are for ${listed([...new Set(chosen.map(({ facts }) => facts.hostname?.text ?? 'all hosts'))])}`,
    };
  const open = listeners.map(({ listener }) => listener.facts);
  if (port !== undefined && !open.some((facts) => facts.port?.value === port))
    return {
      title: `${name} is for ${host}, and attaches to ${listed(open.map((facts) => `listener ${facts.name?.text ?? '?'} on port ${facts.port?.text ?? '?'}`))} of ${owner}, not to one on port ${port}`,
      detail: `ask on ${open.length === 1 ? 'that port' : 'one of these ports'}, or let ${name} attach to a listener on port ${port}`,
    };
  return {
    title: `${name} is for ${host}, and none of its rules takes GET ${path}`,
    detail: `ask for a path that it has, or add a rule for ${path}`,
  };
}
