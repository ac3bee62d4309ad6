/** Systems that serve applications and are written elsewhere, as words of selectors, names and images tell. */
import { isIngressController } from '../../controllers';
import type { Resource, SelectorUse } from '../../resource';

/** Systems that live in namespaces of their own, which the manifests of an application seldom hold. */
const systems =
  /ingress|gateway|nginx|traefik|haproxy|contour|kong|istio|linkerd|envoy|monitor|prometheus|grafana|metrics|observability|logging|kube-|openshift|cert-manager|flux|argo|system|dns/i;

/** True when a selector speaks of an ingress controller, of monitoring or of the cluster's own parts. */
export function speaksOfSystem({ selector }: SelectorUse): boolean {
  return (
    selector !== 'nothing' &&
    selector.requirements.some(({ key, values }) =>
      [key.replace(/^(?:app\.)?kubernetes\.io\//, ''), ...values].some((word) => systems.test(word)),
    )
  );
}

const controllers =
  /ingress|gateway|traefik|haproxy|contour|kong|envoy|istio|apisix|emissary|ambassador|proxy|router|balancer/i;

const scrapers = /prometheus|monitor|metrics|victoria|vmagent|grafana|alloy|mimir|thanos|otel|collector|agent/i;

/** True for pods that may be the controller of an Ingress or Gateway, or Prometheus, where `by` is a monitor. */
export function maySend(workload: Resource, by: Resource): boolean {
  const { name, pods } = workload;
  if (!pods) return false;
  const isScraped = by.scrapes.length > 0;
  if (!isScraped && isIngressController(workload)) return true;
  const words = [
    name ?? '',
    ...pods.labels.map(({ value }) => value.text),
    ...pods.containers.map(({ image }) => image?.text ?? ''),
  ];
  return words.some((word) => (isScraped ? scrapers : controllers).test(word));
}
