/** The Services that an Ingress routes to. */
import type { Reference, Resource } from '../resource';
import { annotation } from '../resource';

/** The backends of an Ingress that are Services, in all its spellings; none for other kinds. */
export function serviceBackends(resource: Resource): readonly Reference[] {
  if (resource.kind !== 'Ingress' || resource.group !== 'networking.k8s.io') return [];
  return resource.references.filter(
    (reference) => reference.role === 'routes' && reference.target.kind === 'Service' && !isAction(resource, reference),
  );
}

/** The AWS load balancer controller takes some names for actions that an annotation describes, not for Services. */
export function isAction(ingress: Resource, { name, port }: Reference): boolean {
  return (
    port?.text === 'use-annotation' ||
    annotation(ingress, `alb.ingress.kubernetes.io/actions.${name.text}`) !== undefined
  );
}
