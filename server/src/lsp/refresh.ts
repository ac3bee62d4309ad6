/** Keeps the editor's findings fresh: computes them for files that may have changed, and sends those that did. */
import type { Diagnostic } from 'vscode-languageserver';
import { isShown, toDiagnostic } from './diagnostics';
import { unawaited } from './guard';
import type { Session } from './session';
import type { Counts } from './status';
import { countDiagnostics, createStatus } from './status';
import { SLICE, breathe, debounce } from './timing';

export interface Refresh {
  /** Something was typed. */
  readonly soon: () => void;
  readonly now: () => void;
  /** Files were read. */
  readonly loaded: () => void;
  /** All charts and kustomizations are known, so what an open file decides alone can be shown. */
  readonly showOpenFiles: () => void;
  /** What is shown of these files may be different: they were opened or closed, or a setting has changed. */
  readonly reconsider: (uris: Iterable<string>) => void;
  /** Takes back what was sent for a file under a spelling that is no longer used. */
  readonly takeBack: (uri: string, spelled: string) => void;
  readonly stop: () => void;
}

interface Published extends Counts {
  readonly text: string;
}

/** `onFresh` is called after findings were computed. */
export function createRefresh(session: Session, pause: number, onFresh: () => void): Refresh {
  const { connection, workspace, documents, names } = session;
  const pending = new Set<string>();
  const published = new Map<string, Published>();
  const status = createStatus(session, () => published.values());
  const pushes = () => session.client.options.pullDiagnostics !== true;
  /** `alone`: what open files decide alone is shown until everything has been read once. */
  let phase: 'nothing' | 'alone' | 'all' = 'nothing';
  let running = false;

  function publish(uri: string, diagnostics: Diagnostic[]): void {
    const text = diagnostics.length > 0 ? JSON.stringify(diagnostics) : '';
    if ((published.get(uri)?.text ?? '') === text) return;
    if (text === '') published.delete(uri);
    else published.set(uri, { text, ...countDiagnostics(diagnostics) });
    send(names.spelled(uri), diagnostics);
  }

  function send(uri: string, diagnostics: Diagnostic[]): void {
    unawaited('textDocument/publishDiagnostics', session.log, connection.sendDiagnostics({ uri, diagnostics }));
  }

  /** Publishes the findings of a file, `alone` only those that it decides alone. A failure is that of one file. */
  function diagnose(uri: string, alone: boolean): void {
    if (!pushes()) return;
    try {
      const snapshot = session.snapshot();
      const isOpen = documents.has(uri);
      const findings = alone ? snapshot.local(uri) : snapshot.findings(uri);
      publish(
        uri,
        findings
          .filter((finding) => isShown(finding, isOpen, session.settings.closedFiles))
          .map((finding) => toDiagnostic(finding, snapshot, names)),
      );
    } catch (error) {
      session.log(`findings of ${uri}`, error);
    }
  }

  async function run(): Promise<void> {
    let worked = false;
    running = true;
    while (!session.loading && !session.stopped) {
      session.snapshot();
      for (const uri of workspace.takeStale()) pending.add(uri);
      if (pending.size === 0) break;
      worked = true;
      const sliceEnds = Date.now() + SLICE;
      for (const uri of openFirst()) {
        pending.delete(uri);
        diagnose(uri, false);
        if (Date.now() >= sliceEnds) break;
      }
      if (pending.size > 0) await breathe();
    }
    running = false;
    if (session.loading || session.stopped) return;
    phase = 'all';
    if (worked) onFresh();
    status.send();
  }

  /** Pending files, open ones first: a person looks at them. */
  function openFirst(): string[] {
    const open = [...documents.uris()].filter((uri) => pending.has(uri));
    return [...open, ...[...pending].filter((uri) => !documents.has(uri))];
  }

  function showAlone(): void {
    if (phase === 'alone') for (const uri of documents.uris()) diagnose(uri, true);
    status.send();
  }

  function now(): void {
    if (session.loading) showAlone();
    else if (!running)
      run().catch((error: unknown) => {
        running = false;
        session.log('findings', error);
      });
  }

  const typed = debounce(now, pause);
  return {
    now,
    soon: typed.call,
    stop: typed.cancel,
    loaded() {
      status.count();
      now();
    },
    showOpenFiles() {
      if (phase === 'nothing') phase = 'alone';
      showAlone();
    },
    reconsider(uris) {
      for (const uri of uris) pending.add(uri);
    },
    takeBack(uri, spelled) {
      if (published.delete(uri)) send(spelled, []);
    },
  };
}
