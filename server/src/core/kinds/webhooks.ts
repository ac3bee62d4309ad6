/** How the API server is told which Service to call: WebhookClientConfig and apiregistration's ServiceReference. */
import type { KindTable, ReferenceSpec } from './define';

/** The API server calls port 443 where none is written (admissionregistration and apiregistration types.go). */
export function calledService(path: string, apiVersions?: readonly string[]): ReferenceSpec {
  return {
    role: 'calls',
    path,
    name: 'name',
    namespace: 'namespace',
    port: ['port'],
    portByDefault: 443,
    target: { group: '', kind: 'Service' },
    ...(apiVersions ? { apiVersions } : {}),
  };
}

/** What both kinds of admissionregistration.k8s.io say that list webhooks. */
export const webhookConfiguration: Omit<KindTable, 'kind'> = {
  group: 'admissionregistration.k8s.io',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  oldApis: [
    {
      apiVersion: 'admissionregistration.k8s.io/v1beta1',
      deprecatedIn: '1.16',
      removedIn: '1.22',
      replacement: 'admissionregistration.k8s.io/v1',
    },
  ],
  references: [calledService('webhooks.*.clientConfig.service')],
};
