/** From which namespaces something may attach (RouteNamespaces and ListenerNamespaces of the Gateway API). */
import type { AllowedNamespaces } from '../gateway-facts';
import { matches } from '../labels';
import { nameKey } from '../keys';
import type { Links } from '../links';
import { namespacesAgree } from '../links';
import type { Resource } from '../resource';
import { labelTexts } from '../resource';
import { isTemplated } from '../templated';

/** `maybe`: a namespace, its labels or a template decides it that is not here. */
export type Verdict = 'yes' | 'maybe' | 'no';

/** The label that the API server writes on every Namespace. */
const ownName = 'kubernetes.io/metadata.name';

/** Whether `owner` lets an object attach that stands in the namespace of `from`. */
export function admits(allowed: AllowedNamespaces, owner: Resource, from: Resource, links: Links): Verdict {
  switch (allowed.from) {
    case 'All':
      return 'yes';
    case 'None':
      return 'no';
    case 'Same':
      return [owner, from].some(({ names }) => isTemplated(names.namespace?.text ?? ''))
        ? 'maybe'
        : namespacesAgree(owner.namespace, from.namespace);
    case 'Selector':
      return selects(allowed, from, links);
    default:
      return 'maybe';
  }
}

function selects({ selector }: AllowedNamespaces, from: Resource, links: Links): Verdict {
  const { namespace } = from;
  if (!selector || namespace === undefined) return 'maybe';
  const here = namespacesNamed(namespace, from, links);
  if (here.length > 0) {
    const verdicts = here.map(({ labels }) =>
      matches(selector, new Map([...labelTexts(labels), [ownName, namespace]])),
    );
    return verdicts.every((verdict) => verdict) ? 'yes' : verdicts.some((verdict) => verdict) ? 'maybe' : 'no';
  }
  // Of a namespace that is not here only its name is known.
  if (selector === 'nothing' || selector.requirements.some(({ key }) => key !== ownName)) return 'maybe';
  return matches(selector, new Map([[ownName, namespace]])) ? 'yes' : 'no';
}

/** The Namespaces of a name that are here. */
export function namespacesNamed(name: string, from: Resource, links: Links): Resource[] {
  return [...links.rings(nameKey({ group: '', kind: 'Namespace' }, name), from)].flatMap(({ resources }) => resources);
}
