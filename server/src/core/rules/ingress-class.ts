import { folderOf } from '../bundle/directory';
import type { Draft } from '../finding';
import { list, say } from '../finding';
import { ingress } from '../kinds/ingress';
import { ingressClass } from '../kinds/ingress-class';
import type { Links } from '../links';
import { inFileOrder } from '../lookup';
import { isNear } from '../near';
import { classAnnotation, ingressClassOf, isDefaultClass } from '../network/ingress-class';
import type { Resource } from '../resource';
import { sameKind } from '../resource';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import { kindAndName, mention, named, replace } from './shared/words';

/** The class says which controller serves an Ingress; without a match nobody does. */
export const ingressClassRule = defineRule({
  id: 'ingress-class',
  summary: 'The class of an Ingress is contradictory, unknown or missing, or there are two default classes',
  levels: ['error', 'warning', 'information'],
  *linked(resource, links) {
    if (sameKind(resource, ingressClass)) yield* twoDefaults(resource, links);
    if (sameKind(resource, ingress)) yield* judge(resource, links);
  },
});

function* judge(resource: Resource, links: Links): Iterable<Draft> {
  const classes = links.all(resource, ingressClass);
  const { field, annotation, name } = ingressClassOf(resource, classes);
  if ([field, annotation].some((item) => item && isTemplated(item.text))) return;
  if (field && annotation && field.text !== annotation.text) {
    yield {
      level: 'error',
      at: annotation.origin,
      path: `annotations.${classAnnotation}`,
      message: say`the annotation ${classAnnotation} says ${annotation.text}, but ingressClassName says ${field.text}: the API server refuses an Ingress where they differ`,
      related: [{ at: field.origin, message: say`ingressClassName ${field.text}` }],
      fixes: replace(`Change to ${field.text}`, annotation, field.text),
    };
    return;
  }
  const inFolder = classes.filter((item) => folderOf(item.uri) === folderOf(resource.uri));
  const beside = [...new Map(inFolder.toReversed().map((item) => [item.name, item])).values()].reverse().slice(0, 3);
  if (beside.length === 0 || links.hasUnreadable(resource)) return;
  const known = [...new Set(classes.flatMap((item) => item.name ?? []))];
  const related = beside.map(mention);
  const there = say`there ${beside.length > 1 ? 'are' : 'is'} ${list(beside.map(named))}`;
  if (field && !known.includes(field.text)) {
    yield {
      level: 'information',
      at: field.origin,
      path: 'spec.ingressClassName',
      message: say`no IngressClass here is named ${field.text}; ${there}`,
      related,
      fixes: known
        .filter((candidate) => isNear(field.text, candidate))
        .flatMap((candidate) => replace(`Change to ${candidate}`, field, candidate)),
    };
  } else if (!field && !annotation && name === undefined && !classes.some(isDefaultClass)) {
    yield {
      level: 'information',
      at: resource.nameAt,
      path: 'spec.ingressClassName',
      message: say`this Ingress names no class, and no class here is the default: a controller may pass it over; ${there}`,
      related,
    };
  }
}

/** Of two default classes the API server takes the newest, which no manifest shows. Said once, at the second. */
function* twoDefaults(resource: Resource, links: Links): Iterable<Draft> {
  if (!isDefaultClass(resource)) return;
  const other = links
    .all(resource, resource)
    .find(
      (item) =>
        inFileOrder(item, resource) < 0 &&
        item.name !== resource.name &&
        isDefaultClass(item) &&
        folderOf(item.uri) === folderOf(resource.uri),
    );
  if (!other) return;
  yield {
    level: 'warning',
    at: resource.nameAt,
    path: 'metadata.annotations',
    message: say`${kindAndName(resource)} and ${named(other)} are both the default class; an Ingress without a class gets the one that was made last`,
    related: [mention(other)],
  };
}
