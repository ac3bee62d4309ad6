/** The headless Service that gives pods names of their own: of a StatefulSet its serviceName, of other pods their subdomain. */
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Links } from '../../links';
import { podsMatch } from '../../pods-match';
import type { Reference, Resource } from '../../resource';
import { podSelector } from '../../resource';
import { formatSelector } from '../../selector-text';
import { namesNothing } from './names-nothing';
import { createHeadlessService } from './new-service';
import { mention, named, pairsText } from './words';

/** What follows, as the end of a sentence from its comma on. */
export interface Consequence {
  /** Without the Service, or where it selects other pods. */
  readonly certain: string;
  /** Behind a Service with an address: CoreDNS answers such names too, the DNS specification does not ask for it. */
  readonly unsure: string;
}

/** A finding where the Service is not here, has an address, or selects other pods. */
export function judgeGoverning(
  workload: Resource,
  reference: Reference,
  links: Links,
  consequence: Consequence,
): Draft | undefined {
  const { to, maybe, elsewhere, unknown } = links.resolve(workload, reference);
  if (unknown || links.hasUnreadable(workload) || (to.length === 0 && maybe.length > 0)) return undefined;
  if (to.length === 0) {
    const draft = namesNothing(workload, reference, links, { consequence: consequence.certain });
    const isNew = elsewhere.length === 0 && (draft?.fixes ?? []).length === 0;
    return draft && isNew ? { ...draft, fixes: createHeadlessService(workload, reference.name.text, links) } : draft;
  }
  const reasons = to.map((service) => contradiction(workload, service, consequence));
  // Alternatives of one Service are all meant; only when each of them is wrong is something wrong for certain.
  const [reason] = reasons;
  const [service] = to;
  if (reasons.includes(undefined) || !reason || !service) return undefined;
  return {
    level: 'warning',
    at: reference.name.origin,
    path: reference.path,
    message: say`${named(service)} ${reason}`,
    related: [mention(service)],
  };
}

function contradiction({ pods }: Resource, service: Resource, { certain, unsure }: Consequence): string | undefined {
  const use = podSelector(service);
  if (service.service && !service.service.headless) return `is not headless (it has no clusterIP: None)${unsure}`;
  if (!use || use.unknown || use.selector === 'nothing' || !pods || podsMatch(use, pods)) return undefined;
  return `selects ${formatSelector(use.selector)}, but the pods have ${pairsText(pods.labels) || 'no labels'}${certain}`;
}
