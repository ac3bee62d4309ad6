/** Which fields the transformers change: kustomize's built-in table, with what `configurations` and `crds` add. */
import type { FieldSpec } from './field-spec';
import type { Gvk } from './identity';

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

/** Both tables, without what stands in both. */
export function mergeConfigurations(a: Configuration, b: Configuration): Configuration {
  if (a === b || b === emptyConfiguration) return a;
  if (a === emptyConfiguration) return b;
  return {
    namePrefix: mergeSpecs(a.namePrefix, b.namePrefix),
    nameSuffix: mergeSpecs(a.nameSuffix, b.nameSuffix),
    namespace: mergeSpecs(a.namespace, b.namespace),
    labels: mergeSpecs(a.labels, b.labels),
    commonLabels: mergeSpecs(a.commonLabels, b.commonLabels),
    templateLabels: mergeSpecs(a.templateLabels, b.templateLabels),
    commonAnnotations: mergeSpecs(a.commonAnnotations, b.commonAnnotations),
    nameReference: mergeReferences(a.nameReference, b.nameReference),
    varReference: mergeSpecs(a.varReference, b.varReference),
    images: mergeSpecs(a.images, b.images),
    replicas: mergeSpecs(a.replicas, b.replicas),
  };
}

export function mergeSpecs(a: readonly FieldSpec[], b: readonly FieldSpec[]): readonly FieldSpec[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const known = new Set(a.map(specKey));
  return [...a, ...b.filter((spec) => !known.has(specKey(spec)))];
}

function mergeReferences(a: readonly NameReference[], b: readonly NameReference[]): readonly NameReference[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const result = [...a];
  for (const reference of b) {
    const index = result.findIndex((known) => gvkKey(known) === gvkKey(reference));
    const known = result[index];
    if (known) result[index] = { ...known, fieldSpecs: mergeSpecs(known.fieldSpecs, reference.fieldSpecs) };
    else result.push(reference);
  }
  return result;
}

function gvkKey({ group = '', version = '', kind = '' }: Partial<Gvk>): string {
  return `${group}/${version}/${kind}`;
}

function specKey(spec: FieldSpec): string {
  return `${gvkKey(spec)} ${spec.path}`;
}
