/** Findings as diagnostics. */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding, Level, Settings, Snapshot } from '../core/index';
import { toLocation, toRange } from './positions';
import type { Names } from './texts';
import { toPlain } from './texts';

/** Where the pages of the rules are read; the repository of package.json. */
export const rulePages = 'https://github.com/podpath/podpath/blob/main/server/src/core/rules';

const severities: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toDiagnostic(finding: Finding, snapshot: Snapshot, names: Names): Diagnostic {
  return {
    range: toRange(snapshot, finding.at),
    severity: severities[finding.level],
    code: finding.rule,
    codeDescription: { href: `${rulePages}/${finding.rule}.md` },
    source: 'podpath',
    message: toPlain(finding.message, snapshot, names),
    ...(finding.related.length > 0
      ? {
          relatedInformation: finding.related.map(({ at, message }) => ({
            location: toLocation(snapshot, at, names.spelled),
            message: toPlain(message, snapshot, names),
          })),
        }
      : {}),
  };
}

/** Which findings of a file are shown. */
export function isShown({ level }: Finding, isOpen: boolean, closedFiles: Settings['closedFiles']): boolean {
  if (isOpen || closedFiles === 'all') return true;
  return closedFiles === 'warnings' && (level === 'error' || level === 'warning');
}
