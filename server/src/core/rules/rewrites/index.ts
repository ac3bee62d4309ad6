/** What changes beside the apiVersion when an object moves to the current version of its API. */
import type { TextEdit } from '../../finding';
import type { ReadResource } from '../../kinds/read';
import { tableOf } from '../../kinds/table';
import { field, select } from '../../path';
import { rewriteIngress } from './ingress';
import { rewriteWorkload } from './workload';

/** Edits of the whole text of the file; undefined where no mechanical rewrite exists. */
export function rewrites(read: ReadResource, text: string): readonly TextEdit[] | undefined {
  const { resource, tree } = read;
  const keeps = (pattern: string) => (select(tree, pattern).length > 0 ? undefined : []);
  switch (resource.kind) {
    case 'Ingress':
      return rewriteIngress(field(tree, 'spec'), text);
    case 'EndpointSlice':
      // The topology of v1beta1 became nodeName and zone.
      return keeps('endpoints.*.topology');
    case 'HorizontalPodAutoscaler':
      // The metrics of v2beta1 have another shape; those of v2beta2 stayed.
      return resource.apiVersion.endsWith('v2beta1') ? keeps('spec.metrics') : [];
    default:
      return tableOf(resource)?.pods?.selector?.required ? rewriteWorkload(read, text) : [];
  }
}
