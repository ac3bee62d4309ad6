/** What an Ingress does with a request. */
import type { Reference, Resource } from '../resource';
import type { Request, Route } from './routes';
import { chooseRoute } from './routes';

/** A path of an Ingress that leads to a Service. */
export interface IngressRoute extends Route {
  readonly ingress: Resource;
  readonly reference: Reference;
}

/** The paths of an Ingress that lead to a Service; its default backend is not among them. */
export function routesOf(ingress: Resource): IngressRoute[] {
  return ingress.references.flatMap((reference) =>
    reference.role === 'routes' && reference.route && !isDefault(reference)
      ? [
          {
            host: reference.route.host?.text,
            path: reference.route.path?.text,
            pathType: reference.route.pathType?.text,
            ingress,
            reference,
          },
        ]
      : [],
  );
}

/** The backend that answers a request to one of these Ingresses of one controller; undefined where it answers itself, with 404. */
export function backendFor(ingresses: readonly Resource[], request: Request): Reference | undefined {
  const chosen = chooseRoute(ingresses.flatMap(routesOf), request);
  return chosen?.reference ?? ingresses.flatMap((ingress) => ingress.references.filter(isDefault))[0];
}

/** `spec.defaultBackend`, in older versions `spec.backend`. */
function isDefault({ role, path }: Reference): boolean {
  return role === 'routes' && /^spec\.(?:defaultBackend|backend)\./.test(path);
}
