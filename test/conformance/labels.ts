/** Label selectors and name syntax against apimachinery's own test tables. */
import * as algebra from '../../server/src/core/labels';
import { nameRules, type NameRule } from '../../server/src/core/names';
import { portNumber } from '../../server/src/core/ports';
import { parsePairs, parseSelector } from '../../server/src/core/selector-text';
import { compare, type Case, type Family, type Outcome } from './family';

type Plain = Readonly<Record<string, string>>;

interface PlainSelector {
  readonly matchLabels?: Plain;
  readonly matchExpressions?: readonly algebra.WrittenRequirement[];
}

/** The fields that cases of this family may have; a group has some of them. */
interface Fields {
  readonly selector: string;
  readonly labels: Plain;
  readonly matches: boolean;
  readonly valid: boolean;
  readonly requirements?: readonly algebra.WrittenRequirement[];
  readonly requirement: algebra.WrittenRequirement;
  readonly errorField?: string | null;
  readonly labelSelector: PlainSelector | null;
  readonly equivalent?: string;
  readonly map: Plain;
  readonly errorContains?: string | null;
  readonly rule: string;
  readonly value: unknown;
}

const map = (plain: Plain | undefined): Map<string, string> => new Map(Object.entries(plain ?? {}));

const written = (selector: PlainSelector): algebra.LabelSelector => ({
  matchLabels: selector.matchLabels && map(selector.matchLabels),
  matchExpressions: selector.matchExpressions,
});

/** The selector of a text; undefined when it does not parse. */
function parsed(text: string): algebra.Selector | undefined {
  const selector = parseSelector(text);
  return typeof selector === 'object' && 'problem' in selector ? undefined : selector;
}

/** Requirements in an order that does not depend on how they were written. */
function sorted(selector: algebra.Selector | undefined): unknown {
  if (selector === undefined || selector === 'nothing') return selector ?? 'invalid';
  const key = (requirement: algebra.Requirement): string => `${requirement.key} ${requirement.operator}`;
  return [...selector.requirements].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const groups: Readonly<Record<string, (item: Fields) => Outcome>> = {
  'string-selector-match': (item) => {
    const selector = parsed(item.selector);
    return compare(item.matches, selector && algebra.matches(selector, map(item.labels)));
  },
  'string-selector-parse': (item) => {
    const selector = parsed(item.selector);
    if (item.requirements === undefined) return compare(item.valid, selector !== undefined);
    const requirements = item.requirements.map(algebra.readRequirement).filter((one) => one !== undefined);
    return compare(item.valid ? sorted({ requirements }) : 'invalid', sorted(selector));
  },
  'equality-set-parse': (item) => compare(item.valid, parsePairs(item.selector) !== undefined),
  requirement: (item) => {
    const [problem] = algebra.requirementProblems(item.requirement);
    const requirement = algebra.readRequirement(item.requirement);
    if (typeof item.matches === 'boolean') {
      return compare(item.matches, requirement && algebra.holds(requirement, map(item.labels)));
    }
    const at = problem && problem.field + (problem.index === undefined ? '' : `[${problem.index}]`);
    const field = /^[a-z]+(\[\d+\])?/.exec(item.errorField ?? '')?.[0];
    return item.errorField === undefined
      ? compare(item.valid, requirement !== undefined)
      : compare({ valid: item.valid, field }, { valid: requirement !== undefined, field: at });
  },
  matchExpressions: (item) => {
    const selector = item.labelSelector === null ? 'nothing' : algebra.fromLabelSelector(written(item.labelSelector));
    return compare(item.matches, selector && algebra.matches(selector, map(item.labels)));
  },
  LabelSelectorAsSelector: (item) => {
    const selector = algebra.fromLabelSelector(item.labelSelector === null ? undefined : written(item.labelSelector));
    if (!item.valid || item.equivalent === undefined) return compare(item.valid, selector !== undefined);
    if (item.equivalent === '<matches nothing>') return compare('nothing', selector);
    const wanted = item.equivalent === '<matches everything>' ? algebra.everything : parsed(item.equivalent);
    return compare(sorted(wanted), sorted(selector));
  },
  LabelSelectorAsMap: (item) => {
    const selector = item.labelSelector === null ? 'nothing' : algebra.fromLabelSelector(written(item.labelSelector));
    // A nil selector has an empty map and no error in apimachinery; to us it matches nothing and has no pairs.
    const exact = item.labelSelector === null || (selector !== undefined && algebra.isEqualityOnly(selector));
    const pairs = Object.fromEntries(selector === undefined ? [] : algebra.requiredPairs(selector));
    return compare({ map: item.map, exact: item.errorContains == null }, { map: pairs, exact });
  },
  'label-syntax': (item) => {
    const problems = Object.entries(item.labels).map(
      ([key, value]) => nameRules.qualifiedName(key) ?? nameRules.labelValue(value),
    );
    return compare(
      item.valid,
      problems.every((problem) => problem === undefined),
    );
  },
  'labelselector-validation': (item) =>
    compare(
      item.valid,
      item.labelSelector === null || algebra.labelSelectorProblems(written(item.labelSelector)).length === 0,
    ),
  'name-syntax': (item) => {
    if (item.rule === 'portnum') return compare(item.valid, portNumber(item.value) !== undefined);
    const rule = ruleNames[item.rule];
    if (rule === undefined) return { notApplicable: `we have no check of ${item.rule}` };
    return compare(item.valid, nameRules[rule](String(item.value)) === undefined);
  },
};

const ruleNames: Readonly<Record<string, NameRule>> = {
  ...Object.fromEntries((Object.keys(nameRules) as NameRule[]).map((rule) => [rule.toLowerCase(), rule])),
  fqdn: 'fullyQualifiedName',
};

export const labels: Family = {
  family: 'labels',
  run: (item: Case) => {
    const group = groups[item.group];
    if (group === undefined)
      return { notApplicable: `${item.group} describes in prose what the kinds' tables and the rules' pages hold` };
    return group(item as unknown as Fields);
  },
};
