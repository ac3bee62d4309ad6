/** The language server: it joins a connection to a workspace. */
import type {
  Connection,
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  InitializeParams,
  WorkspaceFolder,
} from 'vscode-languageserver';
import { CodeLensRefreshRequest, DiagnosticRefreshRequest } from 'vscode-languageserver';
import { canonicalUri } from '../core/index';
import type { Files } from '../files/files';
import { capabilities, register } from './capabilities';
import { readClient } from './client';
import { configure } from './configuration';
import { selectEnvironment } from './environments';
import type { Handle } from './guard';
import { guarded, unawaited } from './guard';
import { leftAlone } from './left-alone';
import { createLoader } from './load';
import type { SelectEnvironmentParams } from './protocol';
import { methods } from './protocol';
import { createPull } from './pull';
import { createRefresh } from './refresh';
import { closeRendered, isRendered, refreshRendered } from './rendered';
import { patient, requests } from './requests';
import { createSession, folderOf } from './session';
import { countFiles } from './status';
import { EDIT_PAUSE } from './timing';
import { changedPlaces } from './watch';

/** Starts the server; `files` reads what is not open. `editPause`: how long typing must pause, in milliseconds. */
export function startServer(connection: Connection, files: Files, editPause = EDIT_PAUSE): void {
  const session = createSession(connection, files);
  const { documents, workspace, log } = session;
  const refresh = createRefresh(session, editPause, onFresh);
  const loader = createLoader(session, refresh.showOpenFiles, onLoaded);
  const pull = createPull(session, () => configured.then(loader.idle));
  let roots: readonly WorkspaceFolder[] = [];
  let configured = Promise.resolve();
  let told = '';
  const started = Date.now();
  let loads = 0;

  function onLoaded(): void {
    if (loads++ === 0) {
      const { files: read, resources } = countFiles(session.snapshot());
      connection.console.info(`${resources} objects in ${read} files, read in ${Date.now() - started} ms`);
    }
    const line = leftAlone(session.snapshot(), session.names.path) ?? '';
    if (line !== told) connection.console.info(line);
    told = line;
    refresh.loaded();
  }

  /** Findings are up to date; what the client shows beside them may not be. */
  function onFresh(): void {
    const { client } = session;
    if (workspace.wanted().length > 0) loader.read([]);
    if (client.refreshesLenses)
      unawaited('workspace/codeLens/refresh', log, connection.sendRequest(CodeLensRefreshRequest.type));
    if (client.options.pullDiagnostics === true && client.refreshesDiagnostics)
      unawaited('workspace/diagnostic/refresh', log, connection.sendRequest(DiagnosticRefreshRequest.type));
    if (client.showsContents) refreshRendered(session);
    if (client.options.views === true)
      unawaited(methods.topologyChanged, log, connection.sendNotification(methods.topologyChanged));
  }

  /** One after the other, each with the folders of its time. */
  function reconfigure(): void {
    configured = configured
      .then(async () => {
        const { read, shown } = await configure(session, roots);
        refresh.reconsider(shown);
        loader.read(read);
      })
      .catch((error: unknown) => log('configuration', error));
  }

  const notifications: Readonly<Record<string, Handle>> = {
    initialized() {
      unawaited('client/registerCapability', log, register(connection, session.client));
      if (session.client.workspaceFolders)
        connection.workspace.onDidChangeWorkspaceFolders(
          guarded('workspace/didChangeWorkspaceFolders', log, changeRoots),
        );
      reconfigure();
    },
    'workspace/didChangeConfiguration': reconfigure,
    'workspace/didChangeWatchedFiles': (params: DidChangeWatchedFilesParams) =>
      loader.read(changedPlaces(params, (uri) => session.workspace.isUsed(uri))),
    [methods.selectEnvironment](params: SelectEnvironmentParams) {
      selectEnvironment(session, params);
      refresh.now();
    },
    'textDocument/didOpen'(params: DidOpenTextDocumentParams) {
      const uri = canonicalUri(params.textDocument.uri);
      if (isRendered(uri)) return;
      documents.open(params);
      if (documents.spelled(uri) !== uri) refresh.takeBack(uri, uri);
      refresh.reconsider([uri]);
      refresh.now();
    },
    'textDocument/didChange'(params: DidChangeTextDocumentParams) {
      documents.change(params);
      refresh.soon();
    },
    'textDocument/didClose'({ textDocument }: DidCloseTextDocumentParams) {
      const uri = canonicalUri(textDocument.uri);
      if (isRendered(uri)) {
        closeRendered(session, uri);
        return;
      }
      if (documents.spelled(uri) !== uri) refresh.takeBack(uri, documents.spelled(uri));
      documents.close({ textDocument });
      refresh.reconsider([uri]);
      if (folderOf(session.folders, uri)) loader.read([uri]);
      else workspace.delete(uri);
      refresh.now();
    },
  };

  function changeRoots({
    added,
    removed,
  }: {
    readonly added: WorkspaceFolder[];
    readonly removed: WorkspaceFolder[];
  }): void {
    const gone = new Set(removed.map(({ uri }) => canonicalUri(uri)));
    roots = [...roots.filter(({ uri }) => !gone.has(canonicalUri(uri))), ...added];
    reconfigure();
  }

  function answer(method: string, handle: Handle): void {
    connection.onRequest(method, guarded(method, log, handle));
  }

  connection.onInitialize((params: InitializeParams) => {
    session.client = readClient(params);
    roots = params.workspaceFolders ?? rootOf(params);
    return { capabilities: capabilities(session.client), serverInfo: { name: 'podpath' } };
  });
  connection.onShutdown(() => {
    session.stopped = true;
    refresh.stop();
  });
  for (const [method, handle] of Object.entries(requests))
    answer(method, (params) =>
      session.ready || !patient.has(method)
        ? handle(session, params)
        : configured.then(loader.idle).then((): unknown => handle(session, params)),
    );
  answer('textDocument/diagnostic', pull.document);
  answer('workspace/diagnostic', pull.workspace);
  for (const [method, handle] of Object.entries(notifications)) {
    const guardedHandle = guarded(method, log, handle);
    connection.onNotification(method, (params: unknown) => void guardedHandle(params));
  }
  connection.listen();
}

/** The one folder of clients that know no workspace folders. */
function rootOf(params: InitializeParams): WorkspaceFolder[] {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older clients have nothing else.
  const { rootUri } = params;
  return typeof rootUri === 'string' ? [{ uri: rootUri, name: 'workspace' }] : [];
}
