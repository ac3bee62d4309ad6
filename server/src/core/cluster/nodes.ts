/** core/v1 Node: the pod range that a node got, and its addresses. */
import type { Field } from '../path';
import { each, field, textAt } from '../path';
import type { ClusterFacts } from './facts';
import { noFacts } from './facts';
import { rangesAt } from './ranges';

export function readNode(tree: Field): ClusterFacts {
  const spec = field(tree, 'spec');
  const several = field(spec, 'podCIDRs');
  const isListed = each(several).length > 0;
  const addresses = each(field(tree, 'status', 'addresses')).filter((at) =>
    ['InternalIP', 'ExternalIP'].includes(textAt(field(at, 'type')) ?? ''),
  );
  return {
    ...noFacts,
    ranges: [
      // podCIDR repeats the first of podCIDRs.
      ...rangesAt(isListed ? several : field(spec, 'podCIDR'), {
        use: 'pods',
        source: 'node',
        field: isListed ? 'podCIDRs' : 'podCIDR',
      }),
      ...addresses.flatMap((at) =>
        rangesAt(field(at, 'address'), {
          use: 'nodes',
          source: 'machine',
          field: textAt(field(at, 'type')) ?? '',
          form: 'address',
        }),
      ),
    ],
  };
}
