/** Counts for the client's status item. */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Snapshot } from '../core/index';
import { environmentName } from '../core/index';
import { selectedEnvironment } from './environments';
import type { Status } from './protocol';
import { unawaited } from './guard';
import { methods } from './protocol';
import type { Session } from './session';

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

export function countDiagnostics(diagnostics: readonly Diagnostic[]): Counts {
  const of = (severity: DiagnosticSeverity) => diagnostics.filter((item) => item.severity === severity).length;
  return { errors: of(DiagnosticSeverity.Error), warnings: of(DiagnosticSeverity.Warning) };
}

/**
 * Sends the status where it has changed, to clients that show it. Files are counted after each load, not after each
 * edit: there are thousands.
 */
export function createStatus(
  session: Session,
  counts: () => Iterable<Counts>,
): { readonly send: () => void; readonly count: () => void } {
  let last = '';
  let size = { files: 0, resources: 0 };
  return {
    count: () => (size = countFiles(session.snapshot())),
    send() {
      if (session.client.options.views !== true) return;
      const status: Status = { loading: !session.ready, ...size, ...sum(counts()), ...environment(session) };
      const text = JSON.stringify(status);
      if (text === last) return;
      last = text;
      unawaited(methods.status, session.log, session.connection.sendNotification(methods.status, status));
    },
  };
}

function environment({ ready, names, snapshot }: Session): Pick<Status, 'environments' | 'environment'> {
  const now = ready ? snapshot() : undefined;
  const selected = now && selectedEnvironment(now);
  return {
    environments: now?.bundles().length ?? 0,
    ...(selected === undefined ? {} : { environment: environmentName(selected, names.path) }),
  };
}

/** How much of a workspace holds manifests. */
export function countFiles(snapshot: Snapshot): { files: number; resources: number } {
  let [files, resources] = [0, 0];
  for (const uri of snapshot.uris()) {
    files++;
    resources += snapshot.file(uri)?.resources.length ?? 0;
  }
  return { files, resources };
}

function sum(counts: Iterable<Counts>): Counts {
  let [errors, warnings] = [0, 0];
  for (const item of counts) {
    errors += item.errors;
    warnings += item.warnings;
  }
  return { errors, warnings };
}
