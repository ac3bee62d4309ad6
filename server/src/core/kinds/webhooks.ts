/** How the API server is told which Service to call: WebhookClientConfig and apiregistration's ServiceReference. */
import type { ReferenceSpec } from './define';

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
