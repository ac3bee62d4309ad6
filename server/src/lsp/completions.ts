/** Completion in kustomizations. */
import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import { CompletionItemKind, InsertTextMode } from 'vscode-languageserver';
import type { Completion } from '../core/index';
import { canonicalUri, completions } from '../core/index';
import { toOffset, toRange } from './positions';
import type { Session } from './session';

const kinds: Readonly<Record<Completion['type'], CompletionItemKind>> = {
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  field: CompletionItemKind.Field,
};

export function toCompletions(session: Session, { textDocument, position }: CompletionParams): CompletionItem[] {
  const snapshot = session.snapshot();
  const uri = canonicalUri(textDocument.uri);
  const found = completions(snapshot, uri, toOffset(snapshot, uri, position));
  return found.map(({ type, label, at, newText }, index) => ({
    label,
    kind: kinds[type],
    sortText: String(index).padStart(4, '0'),
    // What is typed is compared with the path as it would be written.
    filterText: type === 'field' ? label : newText,
    textEdit: { range: toRange(snapshot, at), newText },
    insertTextMode: InsertTextMode.asIs,
  }));
}
