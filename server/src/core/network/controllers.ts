/** The pods that carry out an Ingress, a Gateway or a route, where they are among the manifests. */
import { gatewayNameOf, isIngressController } from '../controllers';
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

/** Namespaces where the charts of controllers put them, by the class that they answer to. */
const homes: ReadonlyMap<string, string> = new Map([
  ['nginx', 'ingress-nginx'],
  ['traefik', 'traefik'],
]);

/** The namespace that the controller of an Ingress mostly runs in; undefined where its class does not tell. */
export function usualNamespace(by: Resource): string | undefined {
  const named = by.references.find(({ target }) => target.kind === 'IngressClass')?.name.text;
  return homes.get(named ?? annotation(by, classAnnotation)?.text ?? '');
}
