/** Edits applied to texts, and fixes chosen that do not meet. */
import type { Finding, Fix, TextEdit } from './finding';

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(at, edit.at.start) + edit.newText;
    at = edit.at.end;
  }
  return result + text.slice(at);
}

/** The edit with the line ends of the file it changes. */
export function withLineEnds(edit: TextEdit, text: string): TextEdit {
  const { newText } = edit;
  return newText.includes('\n') && /\r\n/.test(text) ? { ...edit, newText: newText.replace(/\r?\n/g, '\r\n') } : edit;
}

export interface Chosen {
  /** The findings that are mended, each with its fix. */
  readonly fixed: readonly { readonly finding: Finding; readonly fix: Fix }[];
  /** Their edits by file; none of them meet. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}

/**
 * Takes the one fix of each finding that `fixOf` names, and leaves out those whose edits meet with edits taken before:
 * they may come in another round, if they are still meant then. `mayEdit` says which files may be changed.
 */
export function chooseFixes(
  findings: readonly Finding[],
  fixOf: (finding: Finding) => Fix | undefined,
  mayEdit: (uri: string) => boolean,
): Chosen {
  const edits = new Map<string, TextEdit[]>();
  const fixed: { finding: Finding; fix: Fix }[] = [];
  for (const finding of findings) {
    const fix = fixOf(finding);
    if (!fix || fix.edits.length === 0) continue;
    const isFree = (edit: TextEdit) =>
      mayEdit(edit.at.uri) && !(edits.get(edit.at.uri) ?? []).some((other) => meet(other, edit));
    if (!fix.edits.every(isFree)) continue;
    fixed.push({ finding, fix });
    for (const edit of fix.edits) edits.set(edit.at.uri, [...(edits.get(edit.at.uri) ?? []), edit]);
  }
  return { fixed, edits };
}

/** The fix of a finding that may be applied without asking: the only safe one. */
export function safeFix({ fixes }: Finding): Fix | undefined {
  const safe = fixes.filter((fix) => fix.safe);
  return safe.length === 1 ? safe[0] : undefined;
}

/** True when two edits overlap, or insert at one place, so that their order would matter. */
function meet(a: TextEdit, b: TextEdit): boolean {
  return a.at.start < b.at.end && b.at.start < a.at.end
    ? true
    : a.at.start === b.at.start || touches(a, b) || touches(b, a);
}

/** An insertion at the end of what is replaced. */
function touches(insertion: TextEdit, other: TextEdit): boolean {
  return insertion.at.start === insertion.at.end && insertion.at.start === other.at.end;
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
}
