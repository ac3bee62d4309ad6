/**
 * Fixes of findings: each alone, all of one rule in the file or everywhere, and all that are safe (`source.fixAll.podpath`);
 * and the comment that switches a finding off.
 */
import type {
  CodeAction,
  CodeActionParams,
  Diagnostic,
  Range,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { CodeActionKind, CodeActionTriggerKind } from 'vscode-languageserver';
import type { Finding, Fix, Snapshot, TextEdit } from '../core/index';
import { asWritten, canonicalUri, fixAll, fixRule, ignoreEdit } from '../core/index';
import { creation } from './new-file';
import { toRange } from './positions';
import type { Names } from './texts';

/** All safe fixes of a file, also on save (`editor.codeActionsOnSave`). */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.podpath`;

/** `createsFiles`: the client can, so fixes that need a new file are offered. */
export function codeActions(
  snapshot: Snapshot,
  params: CodeActionParams,
  names: Names,
  createsFiles: boolean,
): CodeAction[] {
  const uri = canonicalUri(params.textDocument.uri);
  const { only } = params.context;
  return [
    ...(!only || asksFor(only, CodeActionKind.QuickFix) ? quickFixes(snapshot, uri, params, names, createsFiles) : []),
    // Without being asked for, it would stand among the fixes of every line.
    ...(only && asksFor(only, fixAllKind) ? allFixes(snapshot, uri, names) : []),
  ];
}

/** A kind asks for itself and for all below it. */
function asksFor(only: readonly string[], kind: string): boolean {
  return only.some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
}

function quickFixes(
  snapshot: Snapshot,
  uri: string,
  { context, range }: CodeActionParams,
  names: Names,
  createsFiles: boolean,
): CodeAction[] {
  const mayEdit = ({ edits }: Fix) => createsFiles || edits.every(({ at }) => snapshot.file(at.uri));
  const here = snapshot.findings(uri).filter((finding) => touches(toRange(snapshot, finding.at), range));
  const action = (title: string, finding: Finding, edits: readonly TextEdit[]): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: context.diagnostics.filter((item) => isOf(item, finding, snapshot)),
    edit: toEdit(edits, snapshot, names),
  });
  const fixes = here.flatMap((finding) =>
    finding.fixes.filter(mayEdit).map((fix) => ({
      ...action(fix.title, finding, fix.edits),
      isPreferred: fix.safe === true || finding.fixes.length === 1,
    })),
  );
  const rules = [...new Set(here.map(({ rule }) => rule))];
  const ignores = here.flatMap((finding) => {
    const edit = ignoreEdit(snapshot, finding);
    return edit ? [action(`Ignore ${finding.rule} here`, finding, [edit])] : [];
  });
  return [
    ...fixes,
    ...rules.flatMap((rule) => fixesOfRule(snapshot, uri, rule, context, names)),
    ...ignores.filter(({ title }, index) => ignores.findIndex((other) => other.title === title) === index),
  ];
}

/**
 * All fixes of a rule in this file, and in all files, each where it is more than the one before. All files are looked
 * through when a person asks, not for the light bulb of every line.
 */
function fixesOfRule(
  snapshot: Snapshot,
  uri: string,
  rule: string,
  { diagnostics, triggerKind }: CodeActionParams['context'],
  names: Names,
): CodeAction[] {
  const inFile = fixRule(snapshot, [uri], rule);
  if (inFile.fixed.length === 0) return [];
  const uris = triggerKind === CodeActionTriggerKind.Automatic ? [uri] : [...snapshot.uris()];
  const everywhere = fixRule(snapshot, uris, rule);
  const action = (where: string, { fixed, edits }: typeof inFile): CodeAction => ({
    title: `Fix all ${fixed.length} of ${rule} ${where}`,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter((item) => item.code === rule),
    edit: toEdit([...edits.values()].flat(), snapshot, names),
  });
  return [
    ...(inFile.fixed.length > 1 ? [action('in this file', inFile)] : []),
    ...(everywhere.fixed.length > inFile.fixed.length ? [action('in all files', everywhere)] : []),
  ];
}

function allFixes(snapshot: Snapshot, uri: string, names: Names): CodeAction[] {
  const { fixed, edits } = fixAll(snapshot, [uri]);
  if (fixed.length === 0) return [];
  return [
    {
      title: `Apply all safe fixes (${fixed.length})`,
      kind: fixAllKind,
      edit: toEdit([...edits.values()].flat(), snapshot, names),
    },
  ];
}

/** The edits of files that are there, and the creation of those that are not. */
export function toEdit(edits: readonly TextEdit[], snapshot: Snapshot, names: Names): WorkspaceEdit {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const { at, newText } of edits.map((edit) => asWritten(edit, snapshot)))
    (changes[names.spelled(at.uri)] ??= []).push({ range: toRange(snapshot, at), newText });
  const created = edits.filter(({ at }) => !snapshot.file(at.uri));
  if (created.length === 0) return { changes };
  const isNew = new Set(created.map(({ at }) => names.spelled(at.uri)));
  const changed = Object.entries(changes).filter(([uri]) => !isNew.has(uri));
  return {
    documentChanges: [
      ...changed.map(([uri, list]) => ({ textDocument: { uri, version: null }, edits: list })),
      ...created.flatMap(({ at, newText }) => creation({ uri: at.uri, text: newText }, names).documentChanges ?? []),
    ],
  };
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
