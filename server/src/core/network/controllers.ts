/** The pods that carry out an Ingress, a Gateway or a route, where they are among the manifests. */
import { gatewayNameOf, isIngressController } from '../controllers';
import type { Labels } from '../labels';
import { namespacesAgree } from '../links';
import type { Resource } from '../resource';
import { annotation } from '../resource';
import { classAnnotation } from './ingress-class';

/** True for pods that answer the requests of an Ingress, Gateway or route. */
export function carriesOut(workload: Resource, by: Resource): boolean {
  const { gateway } = by;
  if (!gateway) return isIngressController(workload);
  const name = gatewayNameOf(workload);
  if (name === undefined) return false;
  if (gateway.type !== 'route') return name === by.name && namespacesAgree(workload.namespace, by.namespace) !== 'no';
  return gateway.route.parents.some(
    ({ reference }) =>
      reference.name.text === name &&
      namespacesAgree(workload.namespace, reference.namespace?.text ?? by.namespace) !== 'no',
  );
}

/** The one workload among these that carries out an Ingress or Gateway; undefined where it is elsewhere, or several could be it. */
export function controllerAmong(resources: readonly Resource[], by: Resource): Resource | undefined {
  const found = resources.filter((item) => item.pods && carriesOut(item, by));
  return found.length === 1 ? found[0] : undefined;
}

/** The pods of a controller that stands elsewhere, as its chart makes them. */
export interface UsualController {
  readonly namespace: string;
  readonly labels: Labels;
}

/** What charts of controllers are installed as, by the class that they answer to (their installation guides). */
const charts: ReadonlyMap<string, UsualController> = new Map([
  [
    'nginx',
    {
      namespace: 'ingress-nginx',
      labels: new Map([
        ['app.kubernetes.io/name', 'ingress-nginx'],
        ['app.kubernetes.io/instance', 'ingress-nginx'],
        ['app.kubernetes.io/component', 'controller'],
      ]),
    },
  ],
  ['traefik', { namespace: 'traefik', labels: new Map([['app.kubernetes.io/name', 'traefik']]) }],
]);

/** The controller of an Ingress as its chart installs it; undefined where its class does not tell. */
export function usualController(by: Resource): UsualController | undefined {
  const named = by.references.find(({ target }) => target.kind === 'IngressClass')?.name.text;
  return charts.get(named ?? annotation(by, classAnnotation)?.text ?? '');
}

/** The namespace that the controller of an Ingress mostly runs in; undefined where its class does not tell. */
export function usualNamespace(by: Resource): string | undefined {
  return usualController(by)?.namespace;
}
