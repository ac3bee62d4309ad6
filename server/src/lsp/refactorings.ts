/** Actions that need no finding. */
import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import type { Snapshot } from '../core/index';
import { canonicalUri, exposeWorkload } from '../core/index';
import { toEdit } from './code-actions';
import { toOffset } from './positions';
import type { Names } from './texts';

export function refactorings(snapshot: Snapshot, params: CodeActionParams, names: Names): CodeAction[] {
  const { only } = params.context;
  if (only && !only.some((kind) => kind === '' || kind === CodeActionKind.Refactor)) return [];
  const uri = canonicalUri(params.textDocument.uri);
  return exposeWorkload(snapshot, uri, toOffset(snapshot, uri, params.range.start)).map(({ title, edits }) => ({
    title,
    kind: CodeActionKind.Refactor,
    edit: toEdit(edits, snapshot, names),
  }));
}
