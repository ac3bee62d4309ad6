/** `replicas`: how many pods a workload has (ReplicaCountTransformer). */
import type { Scalar } from '../../value';
import type { FieldSpec } from './field-spec';
import { setField } from './field-spec';
import { isSelected } from './identity';
import type { Item } from './item';
import { allIds } from './item';
import { writtenInto } from './made';
import { fail } from './problem';

/** Sets the count of the workloads that have, or once had, the name. */
export function setReplicas(items: readonly Item[], name: Scalar, count: Scalar, specs: readonly FieldSpec[]): void {
  let found = false;
  for (const spec of specs)
    for (const item of items) {
      if (!allIds(item).some((id) => id.name === name.text && isSelected(id, spec))) continue;
      found = true;
      item.tree = setField(item.tree, spec, { kind: 'scalar', at: count.origin }, (old) => writtenInto(count, old));
    }
  if (!found)
    fail('target-not-found', `no workload with replicas is named ${name.text}`, name.origin, {
      wanted: name.text,
      candidates: items
        .flatMap((item) => allIds(item))
        .filter((id) => specs.some((spec) => isSelected(id, spec)))
        .map((id) => id.name),
    });
}
