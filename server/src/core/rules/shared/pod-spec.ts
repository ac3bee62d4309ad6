/** Where the pods of a workload are described, and the places in there that name ports. */
import type { ReadResource } from '../../kinds/read';
import { tableOf } from '../../kinds/table';
import type { Field } from '../../path';
import { each, field } from '../../path';

/** The pod template (the object itself for a Pod); undefined for what makes no pods. */
export function podTemplate({ resource, tree }: ReadResource): Field | undefined {
  if (!resource.pods) return undefined;
  const path = tableOf(resource)?.pods?.template ?? 'spec.template';
  return path === '' ? tree : field(tree, ...path.split('.'));
}

/** A container of a pod spec, as a field. */
export interface ContainerField {
  readonly list: 'containers' | 'initContainers';
  readonly at: Field;
}

/** The containers of a template, init containers last. */
export function containerFields(template: Field): ContainerField[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    each(field(template, 'spec', list)).map((at) => ({ list, at })),
  );
}

/** A probe or lifecycle hook that connects to a port. */
export interface PortHandler {
  /** `readinessProbe`, `lifecycle.preStop`. */
  readonly name: string;
  readonly action: 'httpGet' | 'tcpSocket' | 'grpc';
  readonly port: Field;
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const hooks = ['lifecycle.postStart', 'lifecycle.preStop'];

/** The probes and hooks of a container that connect to a port (core/v1 Probe, LifecycleHandler). */
export function portHandlers(container: Field): PortHandler[] {
  const found = (name: string, actions: readonly PortHandler['action'][]) =>
    actions.flatMap((action) => {
      const handler = field(container, ...name.split('.'), action);
      return handler.value?.type === 'map' ? [{ name, action, port: field(handler, 'port') }] : [];
    });
  return [
    ...probes.flatMap((name) => found(name, ['httpGet', 'tcpSocket', 'grpc'])),
    ...hooks.flatMap((name) => found(name, ['httpGet', 'tcpSocket'])),
  ];
}
