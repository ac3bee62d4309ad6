import { defineKind } from './define';
import { webhookConfiguration } from './webhooks';

/** admissionregistration.k8s.io ValidatingWebhookConfiguration: Services that the API server asks before it stores an object. */
export const validatingWebhookConfiguration = defineKind({
  ...webhookConfiguration,
  kind: 'ValidatingWebhookConfiguration',
});
