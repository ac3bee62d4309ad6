/** The pods that carry out an Ingress, a Gateway or a route, where they are among the manifests. */
import { gatewayNameOf, isIngressController } from '../controllers';
import { namespacesAgree } from '../links';
import type { Resource } from '../resource';

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
