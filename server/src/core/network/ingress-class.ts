/** Which IngressClass an Ingress has (IngressSpec.ingressClassName and the DefaultIngressClass admission plugin). */
import type { Resource } from '../resource';
import { annotation, sameKind } from '../resource';
import { ingressClass } from '../kinds/ingress-class';
import type { Scalar } from '../value';

/** The annotation of the time before IngressClass; it holds what the controller likes, not the name of an IngressClass. */
export const classAnnotation = 'kubernetes.io/ingress.class';

export interface IngressClassChoice {
  /** The field, as written. */
  readonly field: Scalar | undefined;
  readonly annotation: Scalar | undefined;
  /** The name of the class: the field, else that of the one default class when there is no annotation. */
  readonly name: string | undefined;
}

/** The class of an Ingress among the IngressClasses of its cluster. */
export function ingressClassOf(ingress: Resource, classes: readonly Resource[]): IngressClassChoice {
  const field = ingress.references.find(({ target }) => sameKind(target, ingressClass))?.name;
  const old = annotation(ingress, classAnnotation);
  const [first, second] = classes.filter(isDefaultClass);
  return { field, annotation: old, name: field?.text ?? (old || second ? undefined : first?.name) };
}

/** A class that the API server writes into Ingresses without one. */
export function isDefaultClass(resource: Resource): boolean {
  return annotation(resource, 'ingressclass.kubernetes.io/is-default-class')?.text === 'true';
}
