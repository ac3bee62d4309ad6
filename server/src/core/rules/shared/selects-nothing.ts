/** A selector that matches no pod: the judgement and its words, for every kind that selects pods. */
import type { Draft, Fix, Text } from '../../finding';
import { list, say } from '../../finding';
import { ownLabelKey } from '../../keys';
import type { Links } from '../../links';
import type { Label, Resource, SelectorUse } from '../../resource';
import { hasPair } from '../../resource';
import { formatSelector } from '../../selector-text';
import type { NearPods } from './evidence';
import {
  isNamespaceSlip,
  isUnselected,
  mayBeMadeByOperator,
  nearPods,
  notFound,
  strayed,
  unselectedSiblings,
} from './evidence';
import { addPodLabels } from './pod-edits';
import { inNamespace, named, pairText, pairsText, replace } from './words';

/** What to say when a selector matches no pod here; undefined when it matches some, or that cannot be told. */
export function selectsNothing(resource: Resource, use: SelectorUse, links: Links): Draft | undefined {
  if (use.selector === 'nothing' || links.hasUnreadable(resource)) return undefined;
  const { to, maybe, elsewhere, unknown } = links.select(resource, use);
  if (unknown || to.length > 0 || maybe.length > 0 || mayBeMadeByOperator(resource, use, links)) return undefined;
  return finding(resource, use, elsewhere, links);
}

function finding(from: Resource, use: SelectorUse, elsewhere: readonly Resource[], links: Links): Draft {
  const near = nearPods(from, use, links);
  const siblings = unselectedSiblings(from, links);
  const beside = strayed(from, elsewhere).filter(
    (other) => isUnselected(other, from, links) || isNamespaceSlip(from, other, links),
  );
  const [first] = near;
  const pair = first?.pair ?? (use.pairs.length === 1 ? use.pairs[0] : undefined);
  const whole = formatSelector(use.selector);
  return {
    level: notFound(near, siblings, beside),
    at: first ? differing(first) : (pair?.value.origin ?? use.pairs[0]?.key.origin ?? use.at),
    path: pair ? `${use.path}.${pair.key.text}` : use.path,
    message: say`no pod ${inNamespace(from)} has ${first ? pairText(first.pair) : whole}${reason(from, use, near, siblings, elsewhere, links)}`,
    related: [
      ...near.map(({ workload }) => workload),
      ...(near.length > 0 ? [] : beside.length > 0 ? beside : siblings),
    ]
      .slice(0, 3)
      .map((workload) => ({
        at: workload.pods?.labelsAt ?? workload.nameAt,
        message: say`the pods of ${named(workload)} carry ${pairsText(workload.pods?.labels ?? []) || 'no labels'}`,
      })),
    fixes:
      near.length > 0
        ? near.flatMap(({ workload, pair: wrong, meant }) =>
            meant ? fix(wrong, meant) : addPodLabels(workload, pairsOf([wrong]), links),
          )
        : addOwnLabels(from, use, links),
  };
}

/** The labels that stand on the workload only move to its pods too. */
function addOwnLabels(from: Resource, use: SelectorUse, links: Links): Fix[] {
  const own = ownLabels(from, use, links);
  const lacking = use.pairs.filter((pair) => !hasPair(own?.pods?.labels ?? [], pair));
  return own ? addPodLabels(own, pairsOf(lacking), links) : [];
}

function pairsOf(labels: readonly Label[]) {
  return labels.map(({ key, value }) => ({ key: key.text, value: value.text }));
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
  from: Resource,
  use: SelectorUse,
  near: readonly NearPods[],
  siblings: readonly Resource[],
  elsewhere: readonly Resource[],
  links: Links,
): Text {
  if (near.length > 0)
    return say`; ${list(near.slice(0, 3).map(({ workload, meant, pair }) => say`${named(workload)} has ${meant ? pairText(meant) : `no label ${pair.key.text}`}`))}`;
  const own = ownLabels(from, use, links);
  if (own)
    return say`; ${named(own)} has it in its own labels, but the labels of its pods are in the template and ${own.pods?.labels.length ? say`are ${pairsText(own.pods.labels)}` : 'it has none'}`;
  const [other] = elsewhere;
  if (other)
    return say`; ${named(other)} has it, but in namespace ${other.namespace}: a ${from.kind} selects pods of its own namespace only`;
  const [sibling] = siblings;
  if (sibling) return say`; ${named(sibling)} has ${pairsText(sibling.pods?.labels ?? []) || 'no pod labels'}`;
  return [];
}

/** A workload here whose own labels match while its template's do not. */
function ownLabels(from: Resource, use: SelectorUse, links: Links): Resource | undefined {
  const [pair] = use.pairs;
  if (!pair) return undefined;
  for (const ring of links.rings(ownLabelKey(pair.key.text, pair.value.text), from)) {
    const found = ring.resources.find(
      (workload) => workload.namespace === from.namespace && use.pairs.every((item) => hasPair(workload.labels, item)),
    );
    if (found) return found;
  }
  return undefined;
}
