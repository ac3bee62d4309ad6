import type { Draft, Text } from '../finding';
import { list, say } from '../finding';
import { ownLabelKey } from '../keys';
import type { Links } from '../links';
import type { Resource, SelectorUse } from '../resource';
import { defineRule } from './define';
import type { NearPods } from './evidence';
import { mayBeMadeByOperator, nearPods, notFound, unselectedSiblings } from './evidence';
import { inNamespace, named, pairText, pairsText, replace } from './words';

/** A Service whose selector no pod carries has no endpoints: connections are refused or time out. */
export const serviceSelectorMatchesNothing = defineRule({
  id: 'service-selector-matches-nothing',
  summary: 'The selector of a Service matches no pod',
  levels: ['warning', 'information'],
  *linked(resource, links) {
    const use =
      resource.service && resource.service.type !== 'ExternalName'
        ? resource.selectors.find((item) => item.role === 'selects')
        : undefined;
    if (!use || use.selector === 'nothing' || links.hasUnreadable(resource)) return;
    const { to, maybe, elsewhere, unknown } = links.select(resource, use);
    if (unknown || to.length > 0 || maybe.length > 0 || mayBeMadeByOperator(resource, use, links)) return;
    yield finding(resource, use, elsewhere, links);
  },
});

function finding(service: Resource, use: SelectorUse, elsewhere: readonly Resource[], links: Links): Draft {
  const near = nearPods(service, use, links);
  const siblings = unselectedSiblings(service, links);
  const [first] = near;
  const pair = first?.pair ?? (use.pairs.length === 1 ? use.pairs[0] : undefined);
  const wanted = pair ? pairText(pair) : pairsText(use.pairs);
  return {
    level: notFound(near, siblings),
    at: first ? differing(first) : (pair?.value.origin ?? use.pairs[0]?.key.origin ?? use.at),
    path: pair ? `${use.path}.${pair.key.text}` : use.path,
    message: say`no pod ${inNamespace(service)} has ${near.length > 0 ? wanted : pairsText(use.pairs)}${reason(service, use, near, siblings, elsewhere, links)}`,
    related: [...near.map(({ workload }) => workload), ...(near.length > 0 ? [] : siblings)]
      .slice(0, 3)
      .map((workload) => ({
        at: workload.pods?.labelsAt ?? workload.nameAt,
        message: say`the pods of ${named(workload)} carry ${pairsText(workload.pods?.labels ?? []) || 'no labels'}`,
      })),
    fixes: near.flatMap(({ pair: wrong, meant }) => (meant ? fix(wrong, meant) : [])),
  };
}

/** The value when the key is right, else the key. */
function differing({ pair, meant }: NearPods) {
  return meant && meant.key.text !== pair.key.text ? pair.key.origin : pair.value.origin;
}

function fix(wrong: NearPods['pair'], meant: NonNullable<NearPods['meant']>) {
  const title = `Change to ${pairText(meant)}`;
  return meant.key.text === wrong.key.text
    ? replace(title, wrong.value, meant.value.text)
    : replace(title, wrong.key, meant.key.text);
}

function reason(
  service: Resource,
  use: SelectorUse,
  near: readonly NearPods[],
  siblings: readonly Resource[],
  elsewhere: readonly Resource[],
  links: Links,
): Text {
  if (near.length > 0)
    return say`; ${list(near.slice(0, 3).map(({ workload, meant, pair }) => say`${named(workload)} has ${meant ? pairText(meant) : `no label ${pair.key.text}`}`))}`;
  const own = ownLabels(service, use, links);
  if (own)
    return say`; ${named(own)} has it in its own labels, but the labels of its pods are in the template and ${own.pods?.labels.length ? say`are ${pairsText(own.pods.labels)}` : 'it has none'}`;
  const [other] = elsewhere;
  if (other)
    return say`; ${named(other)} has it, but in namespace ${other.namespace}: a Service reaches pods of its own namespace only`;
  const [sibling] = siblings;
  if (sibling) return say`; ${named(sibling)} has ${pairsText(sibling.pods?.labels ?? []) || 'no pod labels'}`;
  return [];
}

/** A workload here whose own labels match while its template's do not. */
function ownLabels(service: Resource, use: SelectorUse, links: Links): Resource | undefined {
  const [pair] = use.pairs;
  if (!pair) return undefined;
  for (const ring of links.rings(ownLabelKey(pair.key.text, pair.value.text), service)) {
    const found = ring.resources.find(
      (workload) =>
        workload.namespace === service.namespace &&
        use.pairs.every(({ key, value }) =>
          workload.labels.some((label) => label.key.text === key.text && label.value.text === value.text),
        ),
    );
    if (found) return found;
  }
  return undefined;
}
