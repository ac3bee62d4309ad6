/** Fixes of findings as quick fixes: each alone, and all of one rule in the file where that is safe. */
import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  Range,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { Finding, Snapshot, TextEdit } from '../core/index';
import { canonicalUri } from '../core/index';
import { toRange } from './positions';
import type { Names } from './texts';

export function codeActions(snapshot: Snapshot, params: CodeActionParams, names: Names): CodeAction[] {
  const { only, diagnostics } = params.context;
  if (only && !only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix)) return [];
  const uri = canonicalUri(params.textDocument.uri);
  const fixable = snapshot.findings(uri).filter((finding) => finding.fixes.length > 0);
  const here = fixable.filter((finding) => touches(toRange(snapshot, finding.at), params.range));
  const single = here.flatMap((finding) =>
    finding.fixes.map((fix): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnostics.filter((item) => isOf(item, finding, snapshot)),
      isPreferred: finding.fixes.length === 1,
      edit: toEdit(fix.edits, snapshot, names),
    })),
  );
  const rules = [...new Set(here.map(({ rule }) => rule))];
  return [
    ...single,
    ...rules.flatMap((rule) => {
      const all = fixable.filter((finding) => finding.rule === rule);
      const edits = together(all, uri);
      return edits
        ? [
            {
              title: `Fix all ${all.length} of ${rule} in this file`,
              kind: CodeActionKind.QuickFix,
              diagnostics: diagnostics.filter((item) => item.code === rule),
              edit: toEdit(edits, snapshot, names),
            },
          ]
        : [];
    }),
  ];
}

/**
 * All fixes of several findings as one edit; undefined where a choice is left to make, another file would change, or
 * two edits meet.
 */
function together(findings: readonly Finding[], uri: string): TextEdit[] | undefined {
  if (findings.length < 2 || findings.some(({ fixes }) => fixes.length !== 1)) return undefined;
  const edits = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
  const sorted = [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  const meet = sorted.some((edit, index) => {
    const next = sorted[index + 1];
    return next !== undefined && (next.at.start < edit.at.end || next.at.start === edit.at.start);
  });
  return meet || edits.some(({ at }) => at.uri !== uri) ? undefined : sorted;
}

function toEdit(edits: readonly TextEdit[], snapshot: Snapshot, names: Names): WorkspaceEdit {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const { at, newText } of edits)
    (changes[names.spelled(at.uri)] ??= []).push({ range: toRange(snapshot, at), newText });
  return { changes };
}

function isOf(diagnostic: Diagnostic, finding: Finding, snapshot: Snapshot): boolean {
  const range = toRange(snapshot, finding.at);
  return diagnostic.code === finding.rule && compare(diagnostic.range.start, range.start) === 0;
}

function touches(a: Range, b: Range): boolean {
  return compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;
}

function compare(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.character - b.character;
}
