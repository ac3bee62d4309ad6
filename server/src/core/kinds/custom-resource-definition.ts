import { defineKind } from './define';
import { calledService } from './webhooks';

/** apiextensions.k8s.io CustomResourceDefinition: of its spec only the conversion is read, which may call a Service. */
export const customResourceDefinition = defineKind({
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  clusterScoped: true,
  layer: 'config',
  nameRule: 'dns1123Subdomain',
  references: [
    calledService('spec.conversion.webhook.clientConfig.service', ['apiextensions.k8s.io/v1']),
    calledService('spec.conversion.webhookClientConfig.service', ['apiextensions.k8s.io/v1beta1']),
  ],
});
