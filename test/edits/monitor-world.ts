/** What works on Services and workloads from aside: monitors, autoscalers, budgets, webhooks, and policies of the cluster. */
import type { Random } from './random';

const names = ['web', 'wbe', 'api'];
const spaces = ['', 'shop', 'store'];

const spaced = (choose: Random) => {
  const namespace = choose.of(spaces);
  return namespace ? `, namespace: ${namespace}` : '';
};

/** `{ any }`, `{ matchNames }`, or nothing. */
const reach = (choose: Random) =>
  choose.of(['', '', `\n  namespaceSelector: { any: true }`, `\n  namespaceSelector: { matchNames: [shop, store] }`]);

export const monitorMakers: readonly ((choose: Random) => string)[] = [
  (choose) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${choose.of(names)}${spaced(choose)}, labels: { app: ${choose.of(names)} } }\nspec: { selector: { app: ${choose.of(names)} }, ports: [{ name: ${choose.of(['http', 'metrics'])}, port: 80 }] }\n`,
  (choose) =>
    `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: ${choose.of(names)}${spaced(choose)} }\nspec:\n  selector: ${choose.of(['{}', '{ matchLabels: { app: web } }', '{ matchLabels: { app: wbe } }'])}${reach(choose)}\n  endpoints: [{ ${choose.of(['port: metrics', 'port: metircs', 'targetPort: 8080'])} }]\n`,
  (choose) =>
    `apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: ${choose.of(names)}${spaced(choose)} }\nspec:\n  selector: { matchLabels: { app: ${choose.of(names)} } }${reach(choose)}\n  podMetricsEndpoints: [{ port: ${choose.of(['http', 'htpp'])} }]\n`,
  (choose) =>
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${choose.of(names)}${spaced(choose)} }\nspec: { scaleTargetRef: { apiVersion: ${choose.of(['apps/v1', 'v1'])}, kind: Deployment, name: ${choose.of(names)} } }\n`,
  (choose) =>
    `apiVersion: policy/${choose.of(['v1', 'v1beta1'])}\nkind: PodDisruptionBudget\nmetadata: { name: ${choose.of(names)}${spaced(choose)} }\nspec: { selector: ${choose.of(['{}', '{ matchLabels: { app: web } }'])} }\n`,
  (choose) =>
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: ${choose.of(names)} }\nwebhooks: [{ clientConfig: { service: { name: ${choose.of(names)}, namespace: ${choose.of(['shop', 'shpo'])}${choose.of(['', ', port: 80'])} } } }]\n`,
  (choose) =>
    `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: ${choose.of(names)} }\nspec: { priority: ${choose.of(['1', '2000'])}, subject: ${choose.of(['{ namespaces: {} }', '{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: web } } } }'])} }\n`,
];
