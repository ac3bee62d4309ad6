/** Custom resources whose controllers make pods and Services that no manifest shows. */
import { tableOf } from '../../kinds/table';
import type { Links } from '../../links';
import type { Resource, SelectorUse } from '../../resource';
import { onceAFile } from './once-a-file';

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
function isOperated(resource: Resource): boolean {
  const table = tableOf(resource);
  if (table) return table.makesServices === true;
  const { group, kind } = resource;
  return group.includes('.') && !group.endsWith('.k8s.io') && !makesNothing.has(group) && !monitors.has(kind);
}

const operatedIn = onceAFile((file) => file.filter(isOperated));

/**
 * Custom resources make objects that no manifest shows, named after themselves: Elasticsearch `logs` makes the Service
 * `logs-es-http`, a Knative-like `web` the Service `web`.
 */
export function mayBeNamedByOperator(from: Resource, name: string, links: Links): boolean {
  return operatedIn(links.siblings(from)).some(
    (other) => other.name !== undefined && (name === other.name || name.startsWith(`${other.name}-`)),
  );
}

/**
 * Custom resources make pods that no manifest shows. One in the same file whose name or label value the selector asks
 * for, also with more after a dash, explains a selector that matches nothing.
 */
export function mayBeMadeByOperator(from: Resource, use: SelectorUse, links: Links): boolean {
  const operated = operatedIn(links.siblings(from));
  return use.pairs.some(({ value: { text: wanted } }) =>
    operated.some(
      ({ name, labels }) =>
        (name !== undefined && (wanted === name || wanted.startsWith(`${name}-`))) ||
        labels.some(({ value }) => value.text === wanted),
    ),
  );
}
