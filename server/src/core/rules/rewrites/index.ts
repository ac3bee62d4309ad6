/** What changes beside the apiVersion when an object moves to the current version of its API. */
import type { TextEdit } from '../../finding';
import { backendTlsPolicy } from '../../kinds/backend-tls-policy';
import { endpointSlice } from '../../kinds/endpoint-slice';
import { ingress } from '../../kinds/ingress';
import type { ReadResource } from '../../kinds/read';
import { tableOf } from '../../kinds/table';
import { xListenerSet } from '../../kinds/x-listener-set';
import { field, select } from '../../path';
import { sameKind } from '../../resource';
import { rewriteIngress } from './ingress';
import { rewriteWorkload } from './workload';

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
  if (resource.apiVersion === 'autoscaling/v2beta1') return keeps('spec.metrics');
  return tableOf(resource)?.pods?.selector?.required ? rewriteWorkload(read, text) : [];
}
