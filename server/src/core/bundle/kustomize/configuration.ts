/** Which fields the transformers change: kustomize's built-in table, with what `configurations` and `crds` add. */
import type { Span } from '../../value';
import type { FieldSpec } from './field-spec';
import type { Gvk } from './identity';
import { isSelected } from './identity';
import { fail } from './problem';

/** The fields that name an object of a kind. */
export interface NameReference extends Partial<Gvk> {
  readonly fieldSpecs: readonly FieldSpec[];
}

export interface Configuration {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  /** Fields that every entry of `labels` sets as well. */
  readonly labels: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

export const emptyConfiguration: Configuration = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  labels: [],
  commonLabels: [],
  templateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};

/**
 * Both tables, without what stands in both. Fails where they disagree whether a field is made. `at` is the place of what
 * adds the second table.
 */
export function mergeConfigurations(a: Configuration, b: Configuration, at: Span): Configuration {
  if (a === b || b === emptyConfiguration) return a;
  if (a === emptyConfiguration) return b;
  return {
    namePrefix: mergeSpecs(a.namePrefix, b.namePrefix, at),
    nameSuffix: mergeSpecs(a.nameSuffix, b.nameSuffix, at),
    namespace: mergeSpecs(a.namespace, b.namespace, at),
    labels: mergeSpecs(a.labels, b.labels, at),
    commonLabels: mergeSpecs(a.commonLabels, b.commonLabels, at),
    templateLabels: mergeSpecs(a.templateLabels, b.templateLabels, at),
    commonAnnotations: mergeSpecs(a.commonAnnotations, b.commonAnnotations, at),
    nameReference: mergeReferences(a.nameReference, b.nameReference, at),
    varReference: mergeSpecs(a.varReference, b.varReference, at),
    images: mergeSpecs(a.images, b.images, at),
    replicas: mergeSpecs(a.replicas, b.replicas, at),
  };
}

export function mergeSpecs(a: readonly FieldSpec[], b: readonly FieldSpec[], at: Span): readonly FieldSpec[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const added = distinctSpecs(b, at, a);
  return added.length === 0 ? a : [...a, ...added];
}

/** The specs without those that an earlier one, or one of `before`, covers: one of a wider kind counts as known, too. */
export function distinctSpecs(
  specs: readonly FieldSpec[],
  at: Span,
  before: readonly FieldSpec[] = [],
): readonly FieldSpec[] {
  const byPath = new Map<string, FieldSpec[]>();
  for (const spec of before) byPath.set(spec.path, [...(byPath.get(spec.path) ?? []), spec]);
  return specs.filter((spec) => {
    const others = byPath.get(spec.path) ?? [];
    byPath.set(spec.path, others);
    const known = others.find(({ group = '', version = '', kind = '' }) => isSelected({ group, version, kind }, spec));
    if (known && (known.create === true) !== (spec.create === true))
      fail('invalid-configuration', `the field ${spec.path} is there with and without create: true`, at);
    if (!known) others.push(spec);
    return !known;
  });
}

function mergeReferences(a: readonly NameReference[], b: readonly NameReference[], at: Span): readonly NameReference[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const result = [...a];
  for (const reference of b) {
    const index = result.findIndex((known) => gvkKey(known) === gvkKey(reference));
    const known = result[index];
    if (known) result[index] = { ...known, fieldSpecs: mergeSpecs(known.fieldSpecs, reference.fieldSpecs, at) };
    else result.push(reference);
  }
  return result;
}

function gvkKey({ group = '', version = '', kind = '' }: Partial<Gvk>): string {
  return `${group}/${version}/${kind}`;
}
