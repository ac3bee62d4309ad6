import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import { networkPolicy } from '../kinds/network-policy';
import type { Links } from '../links';
import { inFileOrder } from '../lookup';
import { allowsAll, choosesAll } from '../network/policy/containment';
import type { WiderRule } from '../network/policy/wider-rules';
import { indexRules } from '../network/policy/wider-rules';
import type { PolicyRule } from '../policy-facts';
import type { Resource } from '../resource';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { removeItem } from './shared/list-edits';
import { named } from './shared/words';

/** Rules only ever add to each other, so what another one allows already may go. */
export const policyRedundant = defineRule({
  id: 'policy-redundant',
  summary: 'A rule of a policy allows nothing that another rule for the same pods does not allow',
  levels: ['hint'],
  *linked(resource, links) {
    const facts = resource.policy;
    if (!facts || !sameKind(resource, networkPolicy) || resource.owned || facts.unclear) return;
    const others = beside(resource, links);
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = facts[direction]?.rules ?? [];
      const wider = widerRule(rules);
      for (const [index, rule] of rules.entries()) {
        const other = wider(rule, (item, at) => at !== index && !(at > index && allowsAll(rule, item)));
        const draft = other ? within(rule, other) : across(resource, rule, direction, others);
        if (draft) yield { ...draft, fixes: rules.length > 1 ? remove(resource, rule, links) : [] };
      }
    }
  },
});

const indexes = new WeakMap<readonly PolicyRule[], WiderRule>();

function widerRule(rules: readonly PolicyRule[]): WiderRule {
  const found = indexes.get(rules) ?? indexRules(rules);
  indexes.set(rules, found);
  return found;
}

function within(rule: PolicyRule, other: PolicyRule): Draft {
  return {
    level: 'hint',
    at: rule.at,
    path: rule.path,
    message: say`${other.path.replace(/^spec\./, '')} allows all that this rule allows`,
    related: [{ at: other.at, message: say`the rule that allows more` }],
  };
}

/** A rule of another policy for these pods and maybe more. */
function across(
  policy: Resource,
  rule: PolicyRule,
  direction: 'ingress' | 'egress',
  others: readonly Resource[],
): Draft | undefined {
  for (const other of others) {
    const wider = widerRule(other.policy?.[direction]?.rules ?? [])(
      rule,
      (item) => !(allowsAll(rule, item) && isSame(policy, other) && inFileOrder(policy, other) < 0),
    );
    if (wider)
      return {
        level: 'hint',
        at: rule.at,
        path: rule.path,
        message: say`${named(other)} allows all that this rule allows, for the same pods`,
        related: [{ at: wider.at, message: say`the rule of ${named(other)}` }],
      };
  }
  return undefined;
}

/** Policies of the namespace about all pods that this one is about. */
function beside(policy: Resource, links: Links): Resource[] {
  const own = policy.policy?.subject?.pods;
  const [workload] = own ? links.select(policy, own).to : [];
  if (!own || !workload) return [];
  const found = new Set(links.selectedBy(workload, [networkPolicy]).map(({ from }) => from));
  return [...found].filter((other) => {
    const wider = other.policy?.subject?.pods;
    return (
      other !== policy &&
      wider !== undefined &&
      other.namespace === policy.namespace &&
      !other.owned &&
      other.policy?.unclear === false &&
      !links.isAlternative(other, policy.uri) &&
      choosesAll(wider, own)
    );
  });
}

function isSame(a: Resource, b: Resource): boolean {
  const [one, two] = [a.policy?.subject?.pods, b.policy?.subject?.pods];
  return one !== undefined && two !== undefined && choosesAll(one, two) && choosesAll(two, one);
}

function remove(policy: Resource, rule: PolicyRule, links: Links): Fix[] {
  const edit = removeItem(links.text(policy), rule.at);
  return edit ? [{ title: 'Remove the rule', edits: [edit] }] : [];
}
