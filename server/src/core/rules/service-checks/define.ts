/** What the checks of a Service are given, and how they look at fields. */
import type { Draft } from '../../finding';
import type { Field } from '../../path';
import { each, field } from '../../path';
import { isUnknown } from '../shared/unknown-value';
import { isUnset, stringAt } from '../shared/written';
import { serviceTypes } from '../../resource';
import type { TextOf } from '../../text';

/** The fields of one Service. Text that is templated is unknown: checks that depend on it say nothing. */
export interface ServiceFields {
  readonly metadata: Field;
  readonly spec: Field;
  /** As written, or ClusterIP where nothing is; undefined when it is unknown or no type that exists. */
  readonly type: string | undefined;
  /** undefined when a template may decide it. */
  readonly headless: boolean | undefined;
  readonly ports: readonly Field[];
  /** For fixes that add fields. */
  readonly textOf: TextOf;
}

/** One part of what the API server refuses; yields errors with the path that it prints. */
export type ServiceCheck = (service: ServiceFields) => Iterable<Draft>;

export function serviceFields(tree: Field, textOf: TextOf): ServiceFields {
  const spec = field(tree, 'spec');
  const written = field(spec, 'type');
  const type = isUnset(written) ? 'ClusterIP' : stringAt(written);
  const addresses = [field(spec, 'clusterIP'), ...each(field(spec, 'clusterIPs'))];
  return {
    metadata: field(tree, 'metadata'),
    spec,
    type: serviceTypes.find((known) => known === type),
    headless: addresses.some(isUnknown) ? undefined : addresses.some((at) => stringAt(at) === 'None'),
    ports: each(field(spec, 'ports')).filter((port) => port.value?.type === 'map' && !isUnknown(port)),
    textOf,
  };
}
