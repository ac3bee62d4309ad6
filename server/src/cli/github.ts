/** Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request. */
import type { Level } from '../core/index';
import type { Report, ReportedFinding } from './report';

const commandOf: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Files are relative to the current folder, which in a workflow is that of the repository. */
export function github({ findings }: Report): string {
  return findings.map((finding) => `${command(finding)}\n`).join('');
}

function command({ rule, severity, message, file, range: { start, end }, related }: ReportedFinding): string {
  // Columns mean something within one line only.
  const columns =
    start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {};
  const properties = Object.entries({ file, line: start.line, endLine: end.line, ...columns, title: rule })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const places = related.map((item) => `\n${item.file}:${item.range.start.line}: ${item.message}`);
  return `::${commandOf[severity]} ${properties}::${escapeData(message + places.join(''))}`;
}

/** As the runner's toolkit escapes the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Properties end at commas and colons too. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
