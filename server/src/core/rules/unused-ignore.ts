import type { Draft } from '../finding';
import { say } from '../finding';
import type { JudgedIgnore, JudgedRule } from '../suppression/ignore';
import { defineRule } from './define';
import { nearestRule, noRule } from './shared/rule-ids';

/** An ignore that ignores nothing hides the next mistake at its place. */
export const unusedIgnore = defineRule({
  id: 'unused-ignore',
  summary: 'An ignore has nothing to ignore, or names a rule that does not exist',
  levels: ['hint', 'warning'],
  *ignores(ignores, ids) {
    for (const ignore of ignores) {
      if (ignore.by === 'other tool') continue;
      const unknown = ignore.rules.filter(({ id }) => id !== 'all' && !ids.includes(id));
      for (const rule of unknown) yield unknownRule(rule, ids);
      if (ignore.rules.length === 0) yield nothingNamed(ignore);
      const unused = ignore.rules.filter((rule) => !rule.used && !unknown.includes(rule));
      if (unused.length === 0) continue;
      if (unused.length === ignore.rules.length) yield wholly(ignore);
      else for (const rule of unused) yield partly(rule);
    }
  },
});

function unknownRule({ id, at }: JudgedRule, ids: readonly string[]): Draft {
  const near = nearestRule(id, ids);
  return {
    level: 'warning',
    at,
    message: noRule(id, near),
    fixes: near === undefined ? [] : [{ title: `Change to ${near}`, edits: [{ at, newText: near }] }],
  };
}

function nothingNamed({ at }: JudgedIgnore): Draft {
  return { level: 'warning', at, message: say`this ignores nothing: it names no rule` };
}

function wholly({ at, rules, removal, by }: JudgedIgnore): Draft {
  const isAll = rules.some(({ id }) => id === 'all');
  const who = isAll ? 'no rule finds anything' : `${words(rules)} ${rules.length > 1 ? 'find' : 'finds'} nothing`;
  return {
    level: 'hint',
    at,
    message: say`${who} ${by === 'comment' ? 'here' : 'in this object'}, so there is nothing to ignore`,
    fixes: removal ? [{ title: 'Remove this ignore', safe: true, edits: [removal] }] : [],
  };
}

function words(rules: readonly JudgedRule[]): string {
  return rules.map(({ id }) => id).join(' and ');
}

function partly({ id, at, removal }: JudgedRule): Draft {
  return {
    level: 'hint',
    at,
    message: say`${id} finds nothing here, so there is nothing to ignore`,
    fixes: removal ? [{ title: `Remove ${id}`, safe: true, edits: [removal] }] : [],
  };
}
