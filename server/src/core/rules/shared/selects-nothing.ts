/** A selector that matches nothing: the judgement and its words, for every kind that selects pods or other objects. */
import type { Draft, Fix, Related, Text } from '../../finding';
import { list, say } from '../../finding';
import { ownLabelKey, selectorKey } from '../../keys';
import { service as coreService } from '../../kinds/service';
import type { Links } from '../../links';
import { isNear } from '../../near';
import { namespacesAgree } from '../../links';
import type { Label, Resource, Selects, SelectorUse } from '../../resource';
import { hasPair, podSelector } from '../../resource';
import { formatSelector } from '../../selector-text';
import type { Span } from '../../value';
import { isNamespaceSlip, notFound, strayed } from './evidence';
import type { NearPods } from './near-pods';
import { isUnselected, namespacesOf, nearPods, unselectedSiblings } from './near-pods';
import { mayBeMadeByOperator } from './operated';
import { addLabels, addPodLabels } from './pod-edits';
import { certain, inNamespace, named, pairText, pairsText, replace } from './words';

/** What to say when a selector matches nothing here; undefined when it matches some, or that cannot be told. */
export function selectsNothing(resource: Resource, use: SelectorUse, links: Links): Draft | undefined {
  if (use.selector === 'nothing' || links.hasUnreadable(resource)) return undefined;
  const { to, maybe, elsewhere, unknown } = links.select(resource, use);
  if (unknown || to.length > 0 || maybe.length > 0 || mayBeMadeByOperator(resource, use, links)) return undefined;
  return finding(resource, use, elsewhere, links);
}

function finding(from: Resource, use: SelectorUse, elsewhere: readonly Resource[], links: Links): Draft {
  const near = nearPods(from, use, links);
  // What is nearly meant is all the evidence there is to tell; other candidates are looked for only without it.
  const isNearly = near.length > 0;
  const siblings = isNearly ? [] : unselectedSiblings(from, use, links);
  const beside = isNearly
    ? []
    : strayed(from, elsewhere).filter(
        (other) => isUnselected(other, from, links) || isNamespaceSlip(from, other, links),
      );
  const bySelector = near.length > 0 ? undefined : selectingAlike(from, use, links);
  const [first] = near;
  const pair = first?.pair ?? (use.pairs.length === 1 ? use.pairs[0] : undefined);
  const whole = formatSelector(use.selector);
  return {
    level: notFound(
      from,
      links,
      (other) => use.selects === 'pods' && other.pods?.ends === false && other.namespace === from.namespace,
      near,
      siblings,
      beside,
      bySelector ? [bySelector] : [],
    ),
    at: first ? differing(first) : (pair?.value.origin ?? use.pairs[0]?.key.origin ?? use.at),
    path: pair ? `${use.path}.${pair.key.text}` : use.path,
    message: say`no ${nouns[use.selects]} ${where(from, use)} has ${first ? pairText(first.pair) : whole}${bySelector ? alike(bySelector) : reason(from, use, near, siblings, elsewhere, links)}`,
    related: [
      ...near.map(({ workload }) => workload),
      ...(near.length > 0 ? [] : bySelector ? [bySelector] : beside.length > 0 ? beside : siblings),
    ]
      .slice(0, 3)
      .map((item) => labelsOf(item, use)),
    fixes:
      near.length > 0
        ? fixesOf(use, near, links)
        : bySelector
          ? addLabels(bySelector, pairsOf(use.pairs), links)
          : addOwnLabels(from, use, links),
  };
}

const nouns: Readonly<Record<Selects, string>> = {
  pods: 'pod',
  namespaces: 'namespace',
  nodes: 'node',
  services: 'Service',
  ingresses: 'Ingress',
};

/** `here`, `in namespace shop`, or the namespaces that a monitor lists. */
function where(from: Resource, use: SelectorUse): Text {
  const names = use.namespaces?.map(({ text }): Text => [text]);
  return names ? say`in namespace ${list(names, 'or')}` : [use.anyNamespace ? 'here' : inNamespace(from)];
}

function labelsOf(item: Resource, { selects, pairs }: SelectorUse): Related {
  return selects === 'pods'
    ? {
        at: patchedLabel(item, pairs) ?? item.pods?.labelsAt ?? item.nameAt,
        message: say`the pods of ${named(item)} carry ${pairsText(item.pods?.labels ?? []) || 'no labels'}`,
      }
    : {
        at: item.labels[0]?.key.origin ?? item.nameAt,
        message: say`${named(item)} carries ${pairsText(item.labels) || 'no labels'}`,
      };
}

/** Where a patch, or another value of a kustomization, sets a label that the selector asks for. */
function patchedLabel({ pods }: Resource, pairs: SelectorUse['pairs']): Span | undefined {
  const map = pods?.labelsAt;
  const asked = pods?.labels.filter(({ key }) => pairs.some((pair) => pair.key.text === key.text)) ?? [];
  return asked
    .map(({ value }) => value.origin)
    .find((at) => map && (at.uri !== map.uri || at.start < map.start || at.end > map.end));
}

/**
 * Of Services, the selector was written for the labels of their pods: a Service here that selects pods by these pairs, and
 * that nothing of the referrer's kind chooses by its own labels.
 */
function selectingAlike(from: Resource, use: SelectorUse, links: Links): Resource | undefined {
  const [pair] = use.pairs;
  if (use.selects !== 'services' || !pair) return undefined;
  return servicesAt(from, use, links).find(
    (service) =>
      podSelector(service)?.pairs.length !== 0 &&
      use.pairs.every((item) => hasPair(podSelector(service)?.pairs ?? [], item)) &&
      isUnselected(service, from, links),
  );
}

/** The Services of the same folder, or of a namespace that is written, that a selector reaches. */
function servicesAt(from: Resource, use: SelectorUse, links: Links): readonly Resource[] {
  return namespacesOf(from, use).flatMap((namespace) =>
    use.pairs
      .flatMap(({ key, value }) => links.close(selectorKey(coreService, key.text, value.text), from, namespace))
      .filter((service) => namespacesAgree(namespace, service.namespace) !== 'no' && !service.owned),
  );
}

function alike(service: Resource): Text {
  return say`; ${named(service)} selects its pods by it, but its own labels are ${pairsText(service.labels) || 'none'}`;
}

/**
 * A pair that differs from one other by a slip was surely meant to be that; a label that lacks may lack on purpose. What a
 * policy closes is never changed unasked.
 */
function fixesOf({ role }: SelectorUse, near: readonly NearPods[], links: Links): Fix[] {
  const [only] = near;
  const isSlip =
    near.length === 1 &&
    only?.meant !== undefined &&
    (isNear(only.pair.value.text, only.meant.value.text) || isNear(only.pair.key.text, only.meant.key.text));
  const fixes = near.flatMap(({ workload, pair: wrong, meant }) =>
    meant ? fix(wrong, meant) : addPodLabels(workload, pairsOf([wrong]), links),
  );
  return isSlip && role !== 'applies' ? certain(fixes) : fixes;
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
  if (other) return say`; ${named(other)} has it, but in namespace ${other.namespace}${boundary(from, use)}`;
  const [sibling] = siblings;
  if (sibling && use.selects === 'pods')
    return say`; ${named(sibling)} has ${pairsText(sibling.pods?.labels ?? []) || 'no pod labels'}`;
  if (sibling) return say`; ${named(sibling)} has ${pairsText(sibling.labels) || 'no labels'}`;
  return [];
}

function boundary(from: Resource, use: SelectorUse): string {
  if (use.role === 'monitors')
    return use.namespaces
      ? ', which the namespaceSelector does not name'
      : `: without a namespaceSelector a ${from.kind} looks into its own namespace only`;
  return `: a ${from.kind} selects pods of its own namespace only`;
}

/** A workload here whose own labels match while its template's do not. */
function ownLabels(from: Resource, use: SelectorUse, links: Links): Resource | undefined {
  const [pair] = use.pairs;
  if (!pair || use.selects !== 'pods') return undefined;
  for (const ring of links.rings(ownLabelKey(pair.key.text, pair.value.text), from)) {
    const found = ring.resources.find(
      (workload) => workload.namespace === from.namespace && use.pairs.every((item) => hasPair(workload.labels, item)),
    );
    if (found) return found;
  }
  return undefined;
}
