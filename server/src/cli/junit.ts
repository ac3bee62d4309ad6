/** Findings as JUnit's XML: a suite for each file, a case for each finding, as CI servers show them. */
import type { Level } from '../core/index';
import type { Report, ReportedFinding } from './report';

/** `fails`: the levels that make the run fail; findings below them are written as output of their case. */
export function junit({ findings, summary }: Report, fails: readonly Level[]): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  const suites = files.map((file) =>
    suite(
      file,
      findings.filter((finding) => finding.file === file),
      fails,
    ),
  );
  const clean = summary.files - files.length;
  // A run without findings is a passed test, not an empty report.
  const none =
    findings.length > 0 || clean <= 0
      ? []
      : [
          '  <testsuite name="podpath" tests="1" failures="0" errors="0">',
          '    <testcase classname="podpath" name="manifests"/>',
          '  </testsuite>',
        ];
  const failures = findings.filter(({ severity }) => fails.includes(severity)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="podpath" tests="${findings.length + (none.length > 0 ? 1 : 0)}" failures="${failures}" errors="0">`,
    ...suites.flat(),
    ...none,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, findings: readonly ReportedFinding[], fails: readonly Level[]): string[] {
  const failures = findings.filter(({ severity }) => fails.includes(severity)).length;
  return [
    `  <testsuite name="${attribute(file)}" tests="${findings.length}" failures="${failures}" errors="0">`,
    ...findings.flatMap((finding) => testcase(finding, fails.includes(finding.severity))),
    '  </testsuite>',
  ];
}

function testcase({ rule, severity, message, file, range, related, fixes }: ReportedFinding, fails: boolean): string[] {
  const { line, column } = range.start;
  const place = `${file}:${line}:${column}`;
  const words = [
    `${place}: ${message}`,
    ...related.map((item) => `${item.file}:${item.range.start.line}:${item.range.start.column}: ${item.message}`),
    ...fixes.map(({ title }) => `fix: ${title}`),
  ].join('\n');
  const head = `    <testcase classname="${attribute(rule)}" name="${attribute(`${place} ${rule}`)}" file="${attribute(file)}" line="${line}">`;
  const body = fails
    ? `      <failure type="${severity}" message="${attribute(message)}">${content(words)}</failure>`
    : `      <system-out>${content(`${severity}: ${words}`)}</system-out>`;
  return [head, body, '    </testcase>'];
}

function content(text: string): string {
  return allowed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Line breaks and tabs in attributes would be read as spaces. */
function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;');
}

/** Characters that XML 1.0 does not have at all, also lone halves of pairs, become a replacement character. */
function allowed(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}
