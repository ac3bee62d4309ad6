/** The Services that an Ingress routes to. */
import type { Reference, Resource } from '../../resource';
import { annotation, sameKind } from '../../resource';
import { ingress } from '../../kinds/ingress';
import { service } from '../../kinds/service';

/** The backends of an Ingress that are Services, in all its spellings; none for other kinds. */
export function serviceBackends(resource: Resource): readonly Reference[] {
  if (!sameKind(resource, ingress)) return [];
  return resource.references.filter(
    (reference) => reference.role === 'routes' && sameKind(reference.target, service) && !isAction(resource, reference),
  );
}

/** The AWS load balancer controller takes some names for actions that an annotation describes, not for Services. */
export function isAction(from: Resource, { name, port }: Reference): boolean {
  return (
    port?.text === 'use-annotation' || annotation(from, `alb.ingress.kubernetes.io/actions.${name.text}`) !== undefined
  );
}
