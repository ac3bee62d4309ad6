/** The pods that carry out Ingresses and Gateways, as their own manifests show them. */
import type { Container } from './pod-facts';
import type { Resource } from './resource';
import { labelTexts } from './resource';

/** Images of common controllers that answer requests themselves; what follows is a tag or digest. */
const images =
  /(?:ingress-nginx\/controller|nginx-ingress-controller|nginx\/nginx-ingress|(?:^|\/)(?:traefik|kong)|haproxy-ingress|kubernetes-ingress(?:-controller)?|ambassador|emissary|bfe-ingress-controller|apisix-ingress-controller)(?::|@|$)/;

/** Images of proxies that some controllers steer, and that others run for themselves. */
const proxies = /envoyproxy\/envoy(?::|@|$)/;

/** Values of `app.kubernetes.io/name` in their charts. */
const apps = new Set([
  'ambassador',
  'apisix-ingress-controller',
  'emissary-ingress',
  'haproxy-ingress',
  'ingress-nginx',
  'kong',
  'kubernetes-ingress',
  'nginx-ingress',
  'traefik',
]);

/** The container that answers requests as a controller does, or as the proxy of one. */
export function answeringContainer({ pods }: Resource): Container | undefined {
  return pods?.containers.find((container) => hasImage(container, images) || hasImage(container, proxies));
}

function hasImage({ role, image }: Container, wanted: RegExp): boolean {
  return role === 'main' && image !== undefined && wanted.test(image.text);
}

/** True for pods that are an ingress controller by their image, or by the name of their app. */
export function isIngressController(workload: Resource): boolean {
  if (!workload.pods) return false;
  const app = podLabel(workload, 'app.kubernetes.io/name');
  return (app !== undefined && apps.has(app)) || workload.pods.containers.some((item) => hasImage(item, images));
}

/** The Gateway that pods are for: implementations that run pods for one label them with its name (GEP-1762). */
export function gatewayNameOf(workload: Resource): string | undefined {
  return podLabel(workload, 'gateway.networking.k8s.io/gateway-name');
}

function podLabel({ pods }: Resource, key: string): string | undefined {
  return pods && labelTexts(pods.labels.filter((label) => label.key.text === key)).get(key);
}
