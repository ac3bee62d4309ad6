/** Findings as comment lines under the place they are about: `#   ^^^ warning[rule-id]: message`. */
import type { Finding, Snapshot } from '../../server/src/core/index';
import { plainText, positionAt } from '../../server/src/core/index';

const annotation = /^[ \t]*#[ \t]*\^+ (?:error|warning|information|hint)\[[\w-]+\]: .*\n?/gm;

export function hasAnnotations(body: string): boolean {
  return body.search(annotation) >= 0;
}

export function stripAnnotations(body: string): string {
  return body.replace(annotation, '');
}

/** The text with an annotation line for every finding. */
export function annotate(
  text: string,
  findings: readonly Finding[],
  snapshot: Snapshot,
  path: (uri: string) => string,
): string {
  const lines = text.split('\n');
  const notes = new Map<number, string[]>();
  for (const finding of findings) {
    const starts = snapshot.lines(finding.at.uri);
    const from = positionAt(starts, finding.at.start);
    const to = positionAt(starts, finding.at.end);
    const line = lines[from.line] ?? '';
    const length = Math.max(1, (to.line === from.line ? to.character : line.length) - from.character);
    const note = `${carets(line, from.character, length)} ${finding.level}[${finding.rule}]: ${plainText(finding.message, snapshot, path)}`;
    notes.set(from.line, [...(notes.get(from.line) ?? []), note]);
  }
  return lines.flatMap((line, index) => [line, ...(notes.get(index) ?? [])]).join('\n');
}

/** The mark stands where the line is indented, or just before the carets; at column 0 it stands for the first caret. */
function carets(line: string, column: number, length: number): string {
  if (column === 0) return `#${'^'.repeat(length)}`;
  const indent = Math.min(line.search(/\S|$/), column - 1);
  return `${' '.repeat(indent)}#${' '.repeat(column - indent - 1)}${'^'.repeat(length)}`;
}
