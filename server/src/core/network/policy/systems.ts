import type { SelectorUse } from '../../resource';

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
