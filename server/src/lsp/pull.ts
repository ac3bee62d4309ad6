/** Findings for clients that pull them. */
import type {
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { canonicalUri } from '../core/index';
import { isShown, toDiagnostic } from './diagnostics';
import type { Session } from './session';
import { inSlices } from './timing';

export interface Pull {
  readonly document: (params: DocumentDiagnosticParams) => Promise<DocumentDiagnosticReport>;
  readonly workspace: (params: WorkspaceDiagnosticParams) => Promise<WorkspaceDiagnosticReport>;
}

type Report =
  | { readonly kind: typeof DocumentDiagnosticReportKind.Full; readonly resultId: string; items: Diagnostic[] }
  | { readonly kind: typeof DocumentDiagnosticReportKind.Unchanged; readonly resultId: string };

/** `idle` is resolved when everything has been read: before, "not found" would be a false alarm. */
export function createPull(session: Session, idle: () => Promise<void>): Pull {
  const results = new Map<string, { readonly id: string; readonly text: string }>();
  let nextId = 1;

  function report(uri: string, previous: string | undefined): Report {
    const snapshot = session.snapshot();
    const isOpen = session.documents.has(uri);
    const items = snapshot
      .findings(uri)
      .filter((finding) => isShown(finding, isOpen, session.settings.closedFiles))
      .map((finding) => toDiagnostic(finding, snapshot, session.names));
    const text = JSON.stringify(items);
    const known = results.get(uri);
    if (known?.text !== text) results.set(uri, { id: String(nextId++), text });
    const resultId = results.get(uri)?.id ?? '';
    return previous === resultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  return {
    async document({ textDocument, previousResultId }) {
      await idle();
      return report(canonicalUri(textDocument.uri), previousResultId);
    },
    async workspace({ previousResultIds }) {
      await idle();
      const previous = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
      const items: WorkspaceDiagnosticReport['items'] = [];
      const slice = inSlices();
      for (const uri of new Set([...session.snapshot().uris(), ...previous.keys()])) {
        items.push({ ...report(uri, previous.get(uri)), uri: session.names.spelled(uri), version: null });
        await slice();
      }
      return { items };
    },
  };
}
