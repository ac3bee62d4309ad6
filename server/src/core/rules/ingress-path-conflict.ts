import type { Draft } from '../finding';
import { say } from '../finding';
import { ingress } from '../kinds/ingress';
import { ingressClass } from '../kinds/ingress-class';
import { ingressClassOf } from '../network/ingress-class';
import type { IngressRoute } from '../network/ingress-routes';
import { routesOf } from '../network/ingress-routes';
import type { Resource } from '../resource';
import { sameObject, sameKind } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { kindAndName, named } from './shared/words';

/** Two routes for the same requests: one of them is never taken, and which one is up to the controller. */
export const ingressPathConflict = defineRule({
  id: 'ingress-path-conflict',
  summary: 'Two routes of Ingresses take the same requests',
  levels: ['warning'],
  *together(reads) {
    const classes = reads.map(({ resource }) => resource).filter((resource) => sameKind(resource, ingressClass));
    const seen = new Map<string, IngressRoute>();
    for (const { resource } of reads) {
      if (!sameKind(resource, ingress) || isConditional(resource)) continue;
      const { name, annotation } = ingressClassOf(resource, classes);
      for (const route of routesOf(resource)) {
        if ([route.host, route.path, route.pathType].some((text) => isTemplated(text ?? ''))) continue;
        const key = [name ?? annotation?.text ?? '', requestsOf(route)].join(' ');
        const first = seen.get(key);
        if (!first) seen.set(key, route);
        // Two documents of one name are one object, of which the last is applied.
        else if (first.ingress === resource || !sameObject(first.ingress, resource)) yield finding(route, first);
      }
    }
  },
});

/**
 * Annotations by which controllers choose between equal paths: canaries, or conditions on method and header. They say
 * in their own way which route is taken.
 */
const conditions = [
  /^nginx\.ingress\.kubernetes\.io\/(?:canary|service-match)/,
  /^alb\.ingress\.kubernetes\.io\/conditions\./,
  /^konghq\.com\/(?:methods|headers)/,
  /^zalando\.org\/(?:skipper-predicate|backend-weights)/,
  /^traefik\.ingress\.kubernetes\.io\/router\.(?:priority|entrypoints)/,
];

function isConditional({ annotations }: Resource): boolean {
  return annotations.some(({ key }) => conditions.some((condition) => condition.test(key.text)));
}

/** Host, path and type; a trailing slash says nothing in a prefix. */
function requestsOf({ host = '', path = '/', pathType = 'ImplementationSpecific' }: IngressRoute): string {
  const bare = pathType === 'Prefix' && path.length > 1 ? path.replace(/\/$/, '') : path;
  return `${host.toLowerCase()} ${bare} ${pathType}`;
}

function finding(route: IngressRoute, first: IngressRoute): Draft {
  const { reference } = route;
  const written = reference.route?.path ?? reference.route?.host ?? reference.name;
  const shown = `${route.host ?? 'every host'} ${route.path ?? '/'}`;
  const other = first.reference.route?.path ?? first.reference.name;
  return {
    level: 'warning',
    resource: route.ingress,
    at: written.origin,
    path: `${reference.path.replace(/\.backend\..*$/, '')}.path`,
    message: say`${shown} (${route.pathType ?? 'ImplementationSpecific'}) is taken twice: here to ${backendText(route)}, and ${first.ingress === route.ingress ? 'before' : say`by ${named(first.ingress)}`} to ${backendText(first)}; which of them answers is up to the controller`,
    related: [{ at: other.origin, message: say`${kindAndName(first.ingress)} sends it to ${backendText(first)}` }],
  };
}

function backendText({ reference }: IngressRoute): string {
  return `${reference.name.text}:${reference.port?.text ?? '?'}`;
}
