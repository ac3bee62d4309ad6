import type { Draft, Text } from '../finding';
import { list, say } from '../finding';
import type { Links } from '../links';
import type { Reference, Resource } from '../resource';
import { defineRule } from './define';
import { mayBeNamedByOperator, nearNamed, isUnreferenced, notFound, strayed, unreferencedSiblings } from './evidence';
import { serviceBackends } from './ingress-backends';
import { inNamespace, named, replace } from './words';

/** A backend that does not exist is answered with 503 by every controller. */
export const ingressServiceUnresolved = defineRule({
  id: 'ingress-service-unresolved',
  summary: 'An Ingress routes to a Service that is not there',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    const backends = serviceBackends(resource);
    if (backends.length === 0 || links.hasUnreadable(resource)) return;
    for (const reference of backends) {
      const { to, maybe, elsewhere, unknown } = links.resolve(resource, reference);
      if (unknown || to.length > 0 || maybe.length > 0) continue;
      if (!mayBeNamedByOperator(resource, reference.name.text, links))
        yield finding(resource, reference, elsewhere, links);
    }
  },
});

function finding(ingress: Resource, reference: Reference, elsewhere: readonly Resource[], links: Links): Draft {
  const near = nearNamed(ingress, reference, links);
  const siblings = unreferencedSiblings(ingress, reference.target, ingress.namespace, links);
  const beside = strayed(ingress, elsewhere).filter((other) => isUnreferenced(other, ingress, links));
  const candidates = near.length > 0 ? near : elsewhere.length > 0 ? elsewhere : siblings;
  return {
    level: notFound(near, siblings, beside),
    at: reference.name.origin,
    path: reference.path,
    message: say`no Service ${inNamespace(ingress)} has the name ${reference.name.text}${reason(near, siblings, elsewhere)}`,
    related: candidates.slice(0, 3).map((other) => ({ at: other.nameAt, message: say`${named(other)}` })),
    fixes: (near.length > 0 ? near : siblings.length === 1 ? siblings : []).flatMap(({ name }) =>
      name === undefined ? [] : replace(`Change to ${name}`, reference.name, name),
    ),
  };
}

function reason(near: readonly Resource[], siblings: readonly Resource[], elsewhere: readonly Resource[]): Text {
  if (near.length > 0) return say`; the nearest is ${list(near.slice(0, 3).map(named), 'or')}`;
  const [other] = elsewhere;
  if (other)
    return say`; ${named(other)} is in namespace ${other.namespace}, and an Ingress reaches Services of its own namespace only`;
  const [sibling] = siblings;
  return sibling ? say`; ${named(sibling)} is here, and no Ingress routes to it` : [];
}
