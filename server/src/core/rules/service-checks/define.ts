/** What the checks of a Service are given, and how they look at fields. */
import type { Draft } from '../../finding';
import { list, say } from '../../finding';
import type { Field } from '../../path';
import { each, field, scalarAt } from '../../path';
import { isNear } from '../../near';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replace } from '../shared/words';
import { serviceTypes } from '../../resource';

/** The fields of one Service. Text that is templated is unknown: checks that depend on it say nothing. */
export interface ServiceFields {
  readonly metadata: Field;
  readonly spec: Field;
  /** As written, or ClusterIP where nothing is; undefined when it is unknown or no type that exists. */
  readonly type: string | undefined;
  /** undefined when a template may decide it. */
  readonly headless: boolean | undefined;
  readonly ports: readonly Field[];
  /** The text of the file, for fixes that add fields. */
  readonly text: string;
}

/** One part of what the API server refuses; yields errors with the path that it prints. */
export type ServiceCheck = (service: ServiceFields) => Iterable<Draft>;

export function serviceFields(tree: Field, text: string): ServiceFields {
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
    text,
  };
}

/** Absent, null, or the empty string, which the API server takes for absent. */
export function isUnset(at: Field): boolean {
  return at.value === undefined || scalarAt(at)?.text === '';
}

/** The string written at a field, when it is one and no template. */
export function stringAt(at: Field): string | undefined {
  const value = scalarAt(at)?.value;
  return typeof value === 'string' && !isUnknown(at) ? value : undefined;
}

/** The number written at a field; a bigint is one that no field of a Service can hold. */
export function numberAt(at: Field): number | bigint | undefined {
  const value = scalarAt(at)?.value;
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** An error when a field holds a string that is none of those it may hold; with a fix when one of them is meant. */
export function* oneOf(at: Field, allowed: readonly string[]): Iterable<Draft> {
  const text = stringAt(at);
  const written = scalarAt(at);
  if (text === undefined || !written || text === '' || allowed.includes(text)) return;
  const meant = allowed.filter((known) => isNear(text, known));
  yield refused(
    at,
    say`${at.key?.text} ${text} is not known; it may be ${list(
      allowed.map((known) => [known]),
      'or',
    )}`,
    meant.flatMap((known) => replace(`Change to ${known}`, written, known)),
  );
}
