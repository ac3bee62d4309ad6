import { defineKind } from './define';
import { webhookConfiguration } from './webhooks';

/** admissionregistration.k8s.io MutatingWebhookConfiguration: Services that the API server asks to change an object before it is stored. */
export const mutatingWebhookConfiguration = defineKind({
  ...webhookConfiguration,
  kind: 'MutatingWebhookConfiguration',
});
