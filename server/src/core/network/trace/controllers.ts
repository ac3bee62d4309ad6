/** The pods that carry out Ingresses and Gateways, where they are among the manifests. */
import { labelTexts } from '../../resource';
import type { Resource } from '../../resource';
import type { Scene } from './scene';
import { homeOf } from './scene';

const ingressNames =
  /(?:^|[-/])(?:ingress-nginx|nginx-ingress|ingress-controller|traefik|kubernetes-ingress|haproxy-ingress|contour|kong|ambassador|emissary|apisix-ingress-controller)(?:[-:@]|$)/;

/** The workload that carries out an Ingress or Gateway; undefined where it is elsewhere, or several could be it. */
export function controllerOf(scene: Scene, by: Resource): Resource | undefined {
  const found = scene.resources.filter(
    (item) => item.pods && (by.gateway ? isGatewayOf(scene, item, by) : isIngressController(item)),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** By its image, or by the name of its app. */
function isIngressController({ pods }: Resource): boolean {
  const app = labelTexts(pods?.labels ?? []).get('app.kubernetes.io/name');
  return (
    (app !== undefined && ingressNames.test(app)) ||
    (pods?.containers ?? []).some(
      ({ role, image }) => role === 'main' && image !== undefined && ingressNames.test(image.text),
    )
  );
}

/** Implementations that run pods for a Gateway label them with its name (GEP-1762). */
function isGatewayOf(scene: Scene, item: Resource, gateway: Resource): boolean {
  const label = labelTexts(item.pods?.labels ?? []).get('gateway.networking.k8s.io/gateway-name');
  return label !== undefined && label === gateway.name && homeOf(scene, item) === homeOf(scene, gateway);
}
