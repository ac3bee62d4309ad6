/** Custom resources whose controllers make pods and Services that no manifest shows. */
import { tableOf } from '../../kinds/table';
import type { Resource } from '../../resource';

/** Groups whose kinds describe routes, certificates, secrets and rules: their controllers make no Services and no pods. */
const makesNothing = new Set([
  'acme.cert-manager.io',
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'configuration.konghq.com',
  'crd.projectcalico.org',
  'external-secrets.io',
  'getambassador.io',
  'keda.sh',
  'kyverno.io',
  'linkerd.io',
  'metallb.io',
  'networking.gke.io',
  'networking.istio.io',
  'policy.linkerd.io',
  'projectcalico.org',
  'projectcontour.io',
  'route.openshift.io',
  'security.istio.io',
  'telemetry.istio.io',
  'traefik.containo.us',
  'traefik.io',
]);

/** Kinds of monitoring.coreos.com that have no table and run nothing. */
const monitors = new Set(['PrometheusRule', 'ScrapeConfig']);

/** A kind that neither the tables nor Kubernetes itself know, or one that a table knows for the Services it makes. */
export function isOperated(resource: Resource): boolean {
  const table = tableOf(resource);
  if (table) return table.makesServices === true;
  const { group, kind } = resource;
  return group.includes('.') && !group.endsWith('.k8s.io') && !makesNothing.has(group) && !monitors.has(kind);
}
