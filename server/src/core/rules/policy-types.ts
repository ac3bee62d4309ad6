import type { Draft, Fix } from '../finding';
import { say } from '../finding';
import { networkPolicy } from '../kinds/network-policy';
import type { Field } from '../path';
import { each, field, textAt } from '../path';
import type { Direction } from '../policy-facts';
import { directions } from '../policy-facts';
import { sameKind } from '../resource';
import { defineRule } from './define';
import { addEntry, addItem } from './shared/list-edits';
import { isUnknown } from './shared/unknown-value';

const types: Readonly<Record<Direction, string>> = { ingress: 'Ingress', egress: 'Egress' };

/**
 * A policy isolates in the directions of policyTypes; without them in ingress, and in egress where it has rules for it
 * (networking/v1 NetworkPolicySpec.PolicyTypes).
 */
export const policyTypes = defineRule({
  id: 'policy-types',
  summary: 'A NetworkPolicy says something about a direction that its policyTypes leave out, which has no effect',
  levels: ['warning'],
  about: ['policy'],
  *resource({ resource, tree }, _, textOf) {
    const spec = field(tree, 'spec');
    const written = field(spec, 'policyTypes');
    if (!sameKind(resource, networkPolicy) || isUnknown(written) || each(written).some(isUnknown)) return;
    for (const direction of directions) {
      const draft = judge(spec, direction, () => textOf((written.value ?? spec.value)?.origin.uri ?? '') ?? '');
      if (draft) yield draft;
    }
  },
});

function judge(spec: Field, direction: Direction, text: () => string): Draft | undefined {
  const rules = field(spec, direction);
  const written = field(spec, 'policyTypes');
  const type = types[direction];
  const count = each(rules).length;
  const isListed = each(written).some((item) => textAt(item) === type);
  if (rules.value?.type !== 'list' || isListed || !rules.key) return undefined;
  if (each(written).length === 0) {
    // Ingress always counts, egress with rules.
    if (direction === 'ingress' || count > 0) return undefined;
    return {
      level: 'warning',
      at: rules.key.origin,
      path: rules.path,
      message: say`${direction}: [] closes nothing without policyTypes: a policy is about egress only if it has egress rules or lists Egress in policyTypes`,
      fixes: fix(`Add policyTypes: [Ingress, Egress]`, addEntry(text(), spec, 'policyTypes', ['Ingress', 'Egress'])),
    };
  }
  return {
    level: 'warning',
    at: rules.key.origin,
    path: rules.path,
    message:
      count > 0
        ? say`policyTypes leaves out ${type}, so ${count === 1 ? `the ${direction} rule is` : `the ${count} ${direction} rules are`} ignored and all ${direction} stays open; add ${type} to policyTypes`
        : say`${direction}: [] closes nothing: policyTypes leaves out ${type}; add it`,
    related: [{ at: written.at, message: say`the policyTypes` }],
    fixes: fix(`Add ${type} to policyTypes`, addItem(text(), spec, 'policyTypes', type)),
  };
}

function fix(title: string, edit: ReturnType<typeof addItem>): Fix[] {
  return edit ? [{ title, edits: [edit] }] : [];
}
