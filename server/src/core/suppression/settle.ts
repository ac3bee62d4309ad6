/** From all that the rules say of a file to what is shown. */
import type { Baseline } from '../config/baseline';
import { partition } from '../config/baseline';
import type { FileSettings } from '../config/configuration';
import type { Finding } from '../finding';
import { leveled, suppress } from './apply';
import type { Ignore, JudgedIgnore } from './ignore';

export interface Settled {
  readonly left: readonly Finding[];
  /** Those that the baseline knows. */
  readonly known: readonly Finding[];
}

/** What settling needs to know of a file. */
export interface Settling {
  readonly text: string;
  readonly ignores: readonly Ignore[];
  readonly settings: FileSettings;
}

/**
 * The findings without what is ignored, with the levels that settings give, without what the baseline knows. `judge`
 * adds what is to be said about the ignores; undefined where that cannot be known.
 */
export function settle(
  { text, ignores, settings }: Settling,
  found: readonly Finding[],
  baseline: Baseline | undefined,
  judge: ((ignores: readonly JudgedIgnore[]) => readonly Finding[]) | undefined,
): Settled {
  const suppressed = ignores.length > 0 ? suppress(found, ignores) : { findings: found, ignores: [] };
  const more = suppressed.ignores.length > 0 ? (judge?.(suppressed.ignores) ?? []) : [];
  const all =
    more.length > 0 ? [...suppressed.findings, ...more].sort((a, b) => a.at.start - b.at.start) : suppressed.findings;
  const shown = leveled(all, settings);
  return baseline && shown.length > 0 ? partition(shown, text, baseline) : { left: shown, known: [] };
}
