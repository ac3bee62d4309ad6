/** Which fields the transformers change: kustomize's built-in table, with what `configurations` and `crds` add. */
import type { Span } from '../../value';
import type { FieldSpec } from './field-spec';
import { compareGvk } from './gvk-order';
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
 * adds the second table. A table that is added to an empty one loses a field of a wide kind where the same field of a
 * narrower kind comes before it: with a `namePrefix` field of one kind, only objects of that kind get a prefix.
 */
export function mergeConfigurations(a: Configuration, b: Configuration, at: Span): Configuration {
  if (a === b || b === emptyConfiguration) return a;
  return {
    namePrefix: mergeTables(a.namePrefix, b.namePrefix, at),
    nameSuffix: mergeTables(a.nameSuffix, b.nameSuffix, at),
    namespace: mergeTables(a.namespace, b.namespace, at),
    labels: mergeTables(a.labels, b.labels, at),
    commonLabels: mergeTables(a.commonLabels, b.commonLabels, at),
    templateLabels: mergeTables(a.templateLabels, b.templateLabels, at),
    commonAnnotations: mergeTables(a.commonAnnotations, b.commonAnnotations, at),
    nameReference: mergeReferences(a.nameReference, b.nameReference, at),
    varReference: mergeTables(a.varReference, b.varReference, at),
    images: mergeTables(a.images, b.images, at),
    replicas: mergeTables(a.replicas, b.replicas, at),
  };
}

function mergeTables(a: readonly FieldSpec[], b: readonly FieldSpec[], at: Span): readonly FieldSpec[] {
  if (a === b || b.length === 0) return a;
  const merged = [...a, ...distinctSpecs(b, at, a)];
  if (merged.length === a.length) return a;
  return merged.sort(compareGvk);
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
