/** What changes beside the apiVersion when an object moves to the current version of its API. */
import type { TextEdit } from '../../finding';
import { backendTlsPolicy } from '../../kinds/backend-tls-policy';
import { endpointSlice } from '../../kinds/endpoint-slice';
import { ingress } from '../../kinds/ingress';
import { mutatingWebhookConfiguration } from '../../kinds/mutating-webhook-configuration';
import { podDisruptionBudget } from '../../kinds/pod-disruption-budget';
import type { ReadResource } from '../../kinds/read';
import { tableOf } from '../../kinds/table';
import { validatingWebhookConfiguration } from '../../kinds/validating-webhook-configuration';
import { xListenerSet } from '../../kinds/x-listener-set';
import { field, select } from '../../path';
import { sameKind } from '../../resource';
import { rewriteMetrics } from './autoscaler';
import { rewriteIngress } from './ingress';
import { rewriteWorkload } from './workload';

const webhooks = [mutatingWebhookConfiguration, validatingWebhookConfiguration];

/** Edits of the whole text of the file; undefined where no mechanical rewrite exists. */
export function rewrites(read: ReadResource, text: string): readonly TextEdit[] | undefined {
  const { resource, tree } = read;
  const keeps = (pattern: string) => (select(tree, pattern).length > 0 ? undefined : []);
  if (sameKind(resource, ingress)) return rewriteIngress(field(tree, 'spec'), text);
  // The topology of v1beta1 became nodeName and zone.
  if (sameKind(resource, endpointSlice)) return keeps('endpoints.*.topology');
  // The kind has another name now, and the fields of the policy other places.
  if (sameKind(resource, xListenerSet) || sameKind(resource, backendTlsPolicy)) return undefined;
  // The metrics of v2beta1 have another shape; those of v2beta2 stayed.
  if (resource.apiVersion === 'autoscaling/v2beta1') return rewriteMetrics(field(tree, 'spec'), text);
  // An empty selector would cover all pods after it had covered none.
  if (sameKind(resource, podDisruptionBudget))
    return resource.selectors.some(({ selector }) => selector === 'nothing') ? undefined : [];
  // The current version wants sideEffects and admissionReviewVersions, and other values where nothing is written.
  if (webhooks.some((kind) => sameKind(resource, kind))) return undefined;
  return tableOf(resource)?.pods?.selector?.required ? rewriteWorkload(read, text) : [];
}
