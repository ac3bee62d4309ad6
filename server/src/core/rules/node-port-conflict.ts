import { say } from '../finding';
import type { Resource, ServicePort } from '../resource';
import { defineRule } from './define';
import { firstOfEach } from './shared/first-of-each';
import { named } from './shared/words';

/** The API server gives a node port to one Service only, per protocol. */
export const nodePortConflict = defineRule({
  id: 'node-port-conflict',
  summary: 'Two Services that are applied together ask for the same nodePort and protocol',
  levels: ['error'],
  about: ['service'],
  *together(reads) {
    const asked = reads.flatMap(({ resource }) =>
      (resource.service?.ports ?? []).flatMap((port) =>
        typeof port.nodePort?.value === 'number' && port.nodePort.value !== 0
          ? [{ resource, port, nodePort: port.nodePort }]
          : [],
      ),
    );
    for (const { item, first } of firstOfEach(asked, (claim) => `${claim.nodePort.text}/${claim.port.protocol}`)) {
      const { resource, port, nodePort } = item;
      yield {
        level: 'error',
        at: nodePort.origin,
        path: `${port.path}.nodePort`,
        resource,
        message: say`nodePort ${nodePort.text}/${port.protocol} is already taken by ${claimText(first)}: the API server refuses the second Service; choose another, or leave nodePort out`,
        related: [{ at: first.nodePort.origin, message: say`${named(first.resource)} takes it here` }],
      };
    }
  },
});

function claimText({ resource, port }: { readonly resource: Resource; readonly port: ServicePort }) {
  return say`port ${port.name?.text ?? port.port?.text ?? '?'} of ${named(resource)}`;
}
