/** IAMPolicyGenerator: the ServiceAccount that stands for one of Google Cloud. */
import type { Scalar, Value } from '../../value';
import { scalar } from '../../value';
import type { Item } from './item';
import { newItem } from './item';
import { asText, derived, map, text } from './made';
import { fail } from './problem';
import { setIn } from './tree';

/** The ServiceAccount that the generator makes. */
export function generateAccount(written: Value, origin: string | undefined): Item {
  const cloud = scalar(written, 'cloud');
  if (cloud?.text !== 'gke')
    return fail('invalid-generator', 'the cloud of an IAMPolicyGenerator is gke', (cloud ?? written).origin);
  const part = (...path: readonly string[]): Scalar => {
    const found = scalar(written, ...path);
    return found ? asText(found) : text('', derived(written.origin));
  };
  const at = derived(written.origin);
  const name = part('kubernetesService', 'name');
  const namespace = part('kubernetesService', 'namespace');
  const account = part('serviceAccount', 'name');
  const address = `${account.text}@${part('serviceAccount', 'projectId').text}.iam.gserviceaccount.com`;
  let tree = setIn(map([], at), ['apiVersion'], text('v1', at), at);
  tree = setIn(tree, ['kind'], text('ServiceAccount', at), at);
  tree = setIn(
    tree,
    ['metadata', 'annotations', 'iam.gke.io/gcp-service-account'],
    text(address, derived(account.origin)),
    at,
  );
  tree = setIn(tree, ['metadata', 'name'], name, at);
  if (namespace.text !== '') tree = setIn(tree, ['metadata', 'namespace'], namespace, at);
  return newItem(tree, derived(name.origin), origin);
}
