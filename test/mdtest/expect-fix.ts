import type { Fix, Snapshot, TextEdit } from '../../server/src/core/index';
import { exposeWorkload } from '../../server/src/core/index';
import type { Expectation } from './expectations';

/** `fix TITLE`: the lines that the first fix with this title changes, as a diff without context. */
export const fix: Expectation = ({ snapshot, uris, path }, title) => {
  const fixes = uris.flatMap((uri) => snapshot.findings(uri).flatMap((finding) => finding.fixes));
  const found = fixes.find((item) => item.title === title);
  if (!found) return `no fix has this title; there are: ${fixes.map((item) => item.title).join(' | ')}`;
  return changesOf(found, snapshot, path);
};

/** `action TITLE`: what an action at the cursor changes; without a title that there is none. */
export const action: Expectation = ({ snapshot, cursor, path }, title) => {
  const actions = cursor ? exposeWorkload(snapshot, cursor.uri, cursor.offset) : [];
  const found = actions.find((item) => item.title === title);
  if (found) return changesOf(found, snapshot, path);
  return actions.length === 0 ? 'no action' : actions.map((item) => item.title).join(' | ');
};

/** The lines that a fix changes, in every file that it touches. */
function changesOf(found: Fix, snapshot: Snapshot, path: (uri: string) => string): string {
  const touched = [...new Set(found.edits.map((edit) => edit.at.uri))];
  return touched
    .flatMap((uri) => {
      const before = snapshot.file(uri)?.text ?? '';
      const changes = diffLines(
        before.split('\n'),
        apply(
          before,
          found.edits.filter((edit) => edit.at.uri === uri),
        ).split('\n'),
      );
      return touched.length > 1 ? [path(uri), ...changes] : changes;
    })
    .join('\n');
}

/** Applies edits to a text, last first. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.at.start - a.at.start || b.at.end - a.at.end)
    .reduce((result, { at, newText }) => result.slice(0, at.start) + newText + result.slice(at.end), text);
}

/** Lines taken away and added, after what both have in common at the start and the end. */
function diffLines(before: readonly string[], after: readonly string[]): string[] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      const row = table[a];
      if (row)
        row[b] =
          before[a] === after[b] ? (table[a + 1]?.[b + 1] ?? 0) + 1 : Math.max(table[a + 1]?.[b] ?? 0, row[b + 1] ?? 0);
    }
  }
  const lines: string[] = [];
  for (let a = 0, b = 0; a < before.length || b < after.length;) {
    if (a < before.length && b < after.length && before[a] === after[b]) {
      a++;
      b++;
    } else if (b < after.length && (a === before.length || (table[a]?.[b + 1] ?? 0) > (table[a + 1]?.[b] ?? 0)))
      lines.push(`+${after[b++] ?? ''}`);
    else lines.push(`-${before[a++] ?? ''}`);
  }
  return lines;
}
