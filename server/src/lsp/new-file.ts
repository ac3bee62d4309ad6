/** Files that the server has its client create. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { NewFile } from '../core/index';
import { canonicalUri, createPoliciesFor } from '../core/index';
import type { CreatePoliciesAnswer, CreatePoliciesParams } from './protocol';
import type { Session } from './session';
import type { Names } from './texts';

/** An edit that creates a file with its text; one that is there stays as it is. */
export function creation({ uri, text }: Pick<NewFile, 'uri' | 'text'>, names: Names): WorkspaceEdit {
  const spelled = names.spelled(uri);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri: spelled, options: { overwrite: false, ignoreIfExists: false } },
      { textDocument: { uri: spelled, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
}

/** The policies that a command creates for the namespace of a file. */
export function newPolicies(session: Session, { textDocument }: CreatePoliciesParams): CreatePoliciesAnswer {
  const file = createPoliciesFor(session.snapshot(), canonicalUri(textDocument.uri));
  return file ? { uri: session.names.spelled(file.uri), text: file.text } : null;
}
