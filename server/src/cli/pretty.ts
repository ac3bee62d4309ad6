/** Findings for a person: grouped by file, each with its line and a caret, and a last line that counts. */
import type { Paint } from './colours';
import type { Lines } from './excerpt';
import { excerpt, linesOf } from './excerpt';
import { printable } from './printable';
import type { Report, ReportedFinding } from './report';

export interface Look {
  readonly paint: Paint;
  /** The width of the terminal. */
  readonly columns: number | undefined;
  readonly summary: boolean;
  /** What was asked for, as it was written. */
  readonly paths: readonly string[];
}

/** `textOf` gives the text of a file by its shown path. */
export function pretty(report: Report, textOf: (file: string) => string | undefined, look: Look): string {
  const lines: string[] = [];
  let source: Lines | undefined;
  let file: string | undefined;
  for (const finding of report.findings) {
    if (finding.file !== file) {
      file = finding.file;
      const text = textOf(file);
      source = text === undefined ? undefined : linesOf(text);
      lines.push(look.paint('file', printable(file)), '');
    }
    lines.push(...block(finding, source, look), '');
  }
  return [...lines, ...(look.summary ? [summary(report, look)] : [])].map((line) => `${line}\n`).join('');
}

/** One finding. What may be fine as it is (information, hints) takes no source lines. */
function block(finding: ReportedFinding, source: Lines | undefined, { paint, columns }: Look): string[] {
  const { severity, rule, message, range, related, fixes } = finding;
  const { line, column } = range.start;
  const isGrave = severity === 'error' || severity === 'warning';
  const head = `  ${paint('quiet', `${line}:${column}`)} ${paint(severity, severity)} ${printable(message)} ${paint('quiet', rule)}`;
  if (!isGrave || source === undefined) return [head];
  const places = related.map(
    (item) =>
      `    ${paint('quiet', `${printable(item.file)}:${item.range.start.line}:${item.range.start.column}`)} ${printable(item.message)}`,
  );
  return [
    head,
    ...excerpt(source, range, (caret) => paint(severity, caret), paint, columns),
    ...places,
    ...fixes.map(({ title }) => `    ${paint('good', 'fix:')} ${printable(title)}`),
  ];
}

function summary({ findings, summary: sums }: Report, { paint, paths }: Look): string {
  const { files, resources, errors, warnings, information, hints, known = 0 } = sums;
  const also = known > 0 ? ` (${known} known)` : '';
  const where = paths.length === 1 && paths[0] === '.' ? 'here' : `in ${printable(paths.join(', '))}`;
  if (files === 0) return `No Kubernetes manifests to check ${where}.`;
  if (findings.length === 0)
    return paint(
      'good',
      `All clear: ${counted(resources, 'resource')} in ${counted(files, 'file')}, nothing ${known > 0 ? 'new ' : ''}to report${also}.`,
    );
  const counts = [
    ...(errors > 0 ? [paint('error', counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint('warning', counted(warnings, 'warning'))] : []),
    ...(information > 0 ? [`${information} information`] : []),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
  ];
  // A podpath.yaml has findings too, and is none of the files that were read for their manifests.
  const touched = new Set(findings.map((finding) => finding.file)).size;
  return `${counts.join(', ')} in ${touched} of ${counted(Math.max(files, touched), 'file')}${also}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
