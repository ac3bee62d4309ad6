/** Takes away what a person has switched off. */
import type { FileSettings } from '../config/configuration';
import type { Finding } from '../finding';
import type { Ignore, JudgedIgnore } from './ignore';

export interface Suppressed {
  /** The findings that are left. */
  readonly findings: readonly Finding[];
  readonly ignores: readonly JudgedIgnore[];
}

/** The findings of a file without those that its ignores switch off. */
export function suppress(findings: readonly Finding[], ignores: readonly Ignore[]): Suppressed {
  const used = new Set<unknown>();
  const left = findings.filter((finding) => {
    let ignored = false;
    for (const ignore of ignores)
      for (const rule of ignore.rules)
        if ((rule.id === finding.rule || rule.id === 'all') && isIn(finding, ignore)) {
          used.add(rule);
          ignored = true;
        }
    return !ignored;
  });
  return {
    findings: left,
    ignores: ignores.map((ignore) => ({
      ...ignore,
      rules: ignore.rules.map((rule) => ({ ...rule, used: used.has(rule) })),
    })),
  };
}

function isIn({ at }: Finding, { scope }: Ignore): boolean {
  return at.start >= scope.start && at.start < scope.end;
}

/** The findings with the levels that settings give to their rules, without those of rules that are off. */
export function leveled(findings: readonly Finding[], settings: FileSettings): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (settings.ignores(finding.at.uri, finding.rule)) return [];
    const level = settings.level(finding.rule) ?? finding.level;
    return level === 'off' ? [] : level === finding.level ? [finding] : [{ ...finding, level }];
  });
}
