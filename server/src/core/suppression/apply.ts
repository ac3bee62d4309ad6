/** Takes away what a person has switched off. */
import type { FileSettings } from '../config/configuration';
import type { Finding } from '../finding';
import type { Ignore, IgnoredRule, JudgedIgnore } from './ignore';

export interface Suppressed {
  /** The findings that are left. */
  readonly findings: readonly Finding[];
  readonly ignores: readonly JudgedIgnore[];
}

/** The findings of a file, which are in its order, without those that its ignores switch off. */
export function suppress(findings: readonly Finding[], ignores: readonly Ignore[]): Suppressed {
  const used = new Set<IgnoredRule>();
  const waiting = [...ignores].sort((a, b) => a.scope.start - b.scope.start);
  let open: Ignore[] = [];
  let next = 0;
  const left = findings.filter(({ rule, at: { start } }) => {
    for (let ignore = waiting[next]; ignore && ignore.scope.start <= start; ignore = waiting[++next]) open.push(ignore);
    open = open.filter(({ scope }) => start < scope.end);
    const by = open.flatMap(({ rules }) => rules.filter(({ id }) => id === rule || id === 'all'));
    for (const item of by) used.add(item);
    return by.length === 0;
  });
  return {
    findings: left,
    ignores: ignores.map((ignore) => ({
      ...ignore,
      rules: ignore.rules.map((rule) => ({ ...rule, used: used.has(rule) })),
    })),
  };
}

/** The findings with the levels that settings give to their rules, without those of rules that are off. */
export function leveled(findings: readonly Finding[], settings: FileSettings): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (settings.ignores(finding.at.uri, finding.rule)) return [];
    const level = settings.level(finding.rule) ?? finding.level;
    return level === 'off' ? [] : level === finding.level ? [finding] : [{ ...finding, level }];
  });
}
