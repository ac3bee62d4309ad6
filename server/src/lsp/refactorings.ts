/** Actions that need no finding. */
import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import { canonicalUri, createPolicies, exposeWorkload } from '../core/index';
import { toEdit } from './code-actions';
import { toOffset } from './positions';
import { creation } from './new-file';
import type { Session } from './session';

export function refactorings(session: Session, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  if (only && !only.some((kind) => kind === '' || kind === CodeActionKind.Refactor)) return [];
  const snapshot = session.snapshot();
  const uri = canonicalUri(params.textDocument.uri);
  const offset = toOffset(snapshot, uri, params.range.start);
  const exposing = exposeWorkload(snapshot, uri, offset).map(({ title, edits }) => ({
    title,
    kind: CodeActionKind.Refactor,
    edit: toEdit(edits, snapshot, session.names),
  }));
  const policies = session.client.createsFiles ? createPolicies(snapshot, uri, offset) : undefined;
  return policies
    ? [...exposing, { title: policies.title, kind: CodeActionKind.Refactor, edit: creation(policies, session.names) }]
    : exposing;
}
