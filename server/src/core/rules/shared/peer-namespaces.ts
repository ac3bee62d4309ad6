/** The namespaceSelector of a peer against the namespaces that are here. */
import type { Draft, Fix, Level, Text } from '../../finding';
import { say } from '../../finding';
import { nameKey, namespaceKey } from '../../keys';
import { namespace as namespaceKind } from '../../kinds/namespace';
import { holds, matches } from '../../labels';
import type { Links } from '../../links';
import { isNear } from '../../near';
import { namespaceNameLabel } from '../../network/policy/meaning';
import { speaksOfSystem } from '../../network/policy/systems';
import type { Label, Resource, SelectorUse } from '../../resource';
import { labelTexts } from '../../resource';
import { formatSelector } from '../../selector-text';
import { mention, named, pairText, replace } from './words';

/** What to say where no namespace here is meant; undefined where one is, or may be. */
export function namespacesMatchNothing(policy: Resource, use: SelectorUse, links: Links): Draft | undefined {
  const { selector, unknown } = use;
  if (unknown || selector === 'nothing' || selector.requirements.length === 0) return undefined;
  const here = links.all(policy, namespaceKind);
  const labelsOf = (item: Resource) => new Map([...labelTexts(item.labels), [namespaceNameLabel, item.name ?? '']]);
  if (here.some((item) => matches(selector, labelsOf(item)))) return undefined;
  // Labels of a namespace whose object is not here are not known, but its name is.
  const names = selector.requirements.find(({ key, operator }) => key === namespaceNameLabel && operator === 'In');
  if (names?.values.some((name) => isUsed(name, policy, links))) return undefined;
  return (
    misnamed(policy, use, links) ??
    misspelt(use, here) ??
    (here.length > 0 && !names && !speaksOfSystem(use)
      ? draft('information', use, undefined, say`no namespace here has ${formatSelector(selector)}`)
      : undefined)
  );
}

/** A label that is thought to hold the name of the namespace, where the namespace does not carry it. */
function misnamed(policy: Resource, use: SelectorUse, links: Links): Draft | undefined {
  for (const pair of use.pairs) {
    if (pair.key.text === namespaceNameLabel || !/(?:^|\/)(?:name|namespace)$/.test(pair.key.text)) continue;
    const [object] = ring(nameKey(namespaceKind, pair.value.text), policy, links);
    if (!object && !isUsed(pair.value.text, policy, links)) continue;
    if (object?.labels.some(({ key }) => key.text === pair.key.text)) continue;
    return {
      ...draft(
        object ? 'warning' : 'information',
        use,
        pair,
        say`${object ? named(object) : `namespace ${pair.value.text}`} has no label ${pairText(pair)}${object ? '' : ' that anything here shows'}; every namespace has its name in ${namespaceNameLabel}`,
      ),
      related: object ? [mention(object)] : [],
      fixes: replace(`Change to ${namespaceNameLabel}=${pair.value.text}`, pair.key, namespaceNameLabel),
    };
  }
  return undefined;
}

/** One slip away from the label of a namespace that is here. */
function misspelt(use: SelectorUse, here: readonly Resource[]): Draft | undefined {
  const { selector } = use;
  if (selector === 'nothing') return undefined;
  for (const pair of use.pairs) {
    const rest = selector.requirements.filter(({ key }) => key !== pair.key.text);
    for (const item of here) {
      const labels = new Map([...labelTexts(item.labels), [namespaceNameLabel, item.name ?? '']]);
      const value = labels.get(pair.key.text);
      const near = value !== undefined && isSlip(pair.value.text, value);
      if (!near || !rest.every((requirement) => holds(requirement, labels))) continue;
      return {
        ...draft(
          'warning',
          use,
          pair,
          say`no namespace here has ${pairText(pair)}; ${named(item)} has ${pair.key.text}=${value}`,
        ),
        related: [mention(item)],
        fixes: fix(pair, value),
      };
    }
  }
  return undefined;
}

/** Names that differ in digits only are siblings. */
function isSlip(wanted: string, candidate: string): boolean {
  return isNear(wanted, candidate) && wanted.replace(/\d+/g, '') !== candidate.replace(/\d+/g, '');
}

function fix(pair: Label, value: string): Fix[] {
  return replace(`Change to ${pair.key.text}=${value}`, pair.value, value);
}

function draft(level: Level, use: SelectorUse, pair: Label | undefined, message: Text): Draft {
  const [first] = use.pairs;
  const at = pair?.value.origin ?? first?.value.origin ?? use.at;
  return { level, at, path: use.path, message };
}

/** True when something here is in a namespace, or is its object. */
export function isUsed(name: string, near: Resource, links: Links): boolean {
  return [namespaceKey(name), nameKey(namespaceKind, name)].some((key) =>
    ring(key, near, links).some((item) => item !== near && item.policy === undefined),
  );
}

function ring(key: string, near: Resource, links: Links): Resource[] {
  return [...links.rings(key, near)].flatMap(({ resources }) => resources);
}
