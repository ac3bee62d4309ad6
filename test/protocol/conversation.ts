/** A language server and a client in one process, talking over streams, with files in memory. */
import { Duplex } from 'node:stream';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createConnection,
  createProtocolConnection,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { canonicalUri } from '../../server/src/core/index';
import type { Files } from '../../server/src/files/files';
import { isManifestName } from '../../server/src/files/files';
import { isChart, isKustomization } from '../../server/src/core/index';
import { startServer } from '../../server/src/lsp/server';

export const root = 'file:///w';

export interface Conversation {
  readonly client: ProtocolConnection;
  /** What the client shows: for each URI the last diagnostics that were pushed. */
  readonly shown: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Every push, in order. */
  readonly pushed: readonly string[];
  readonly logged: readonly string[];
  /** `path:line rule` of everything that is shown, sorted; lines are counted from 1. */
  readonly problems: () => string[];
  readonly capabilities: ServerCapabilities;
  /** Everything has been read once, and findings were sent. */
  readonly isLoaded: () => boolean;
  /** Waits until `done` holds. */
  readonly until: (done: () => boolean | Promise<boolean>) => Promise<void>;
  readonly open: (path: string, text: string) => void;
  readonly change: (path: string, text: string) => void;
  readonly close: (path: string) => void;
  /** Changes files on disk and tells the server of all in one batch; undefined deletes. */
  readonly write: (files: Readonly<Record<string, string | undefined>>) => void;
  readonly end: () => Promise<void>;
}

export interface Setting {
  readonly files: Map<string, string>;
  readonly folders?: readonly string[];
  readonly options?: Record<string, unknown>;
  readonly settings?: unknown;
  /** What this client can do beside what all of them can. */
  readonly capabilities?: ClientCapabilities;
  /** Called before each file is read. */
  readonly onRead?: (path: string) => Promise<void> | void;
}

export const uri = (path: string) => canonicalUri(`${root}/${path}`);

/** The parameters of a request about a place; line and character are counted from 0. */
export const at = (path: string, line: number, character: number) => ({
  textDocument: { uri: uri(path) },
  position: { line, character },
});

/** Starts a server on files and says hello. */
export async function converse({
  files,
  folders = [root],
  options,
  settings,
  capabilities: others,
  onRead,
}: Setting): Promise<Conversation> {
  const [toServer, toClient] = [pipe(), pipe()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  startServer(server, memoryFiles(files, onRead), 5);

  const shown = new Map<string, readonly Diagnostic[]>();
  const [pushed, logged]: [string[], string[]] = [[], []];
  client.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) => {
    pushed.push(params.uri);
    shown.set(params.uri, params.diagnostics);
  });
  let loaded = false;
  client.onNotification('podpath/status', ({ loading }: { loading: boolean }) => void (loaded = !loading));
  client.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
  client.onRequest('client/registerCapability', () => null);
  client.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
    items.map(({ section }) => (section === 'podpath' ? (settings ?? null) : null)),
  );
  client.listen();
  const hello: InitializeParams = {
    processId: null,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it.
    rootUri: null,
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        ...others?.workspace,
      },
      textDocument: {
        hover: { contentFormat: ['markdown'] },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
    workspaceFolders: folders.map((folder) => ({ uri: folder, name: folder })),
    initializationOptions: { views: true, ...options },
  };
  const { capabilities } = await client.sendRequest<InitializeResult>('initialize', hello);
  await client.sendNotification('initialized', {});

  let version = 1;
  const notify = (method: string, params: object) => void client.sendNotification(method, params);
  const conversation: Conversation = {
    client,
    shown,
    pushed,
    logged,
    capabilities,
    isLoaded: () => loaded,
    problems: () =>
      [...shown]
        .flatMap(([at, items]) =>
          items.map(({ range, code }) => `${at.slice(root.length + 1)}:${range.start.line + 1} ${code ?? '?'}`),
        )
        .sort(),
    async until(done) {
      const deadline = Date.now() + 20_000;
      while (!(await done())) {
        if (Date.now() > deadline)
          throw new Error(`waited in vain; shown: ${conversation.problems().join(', ')}; logged: ${logged.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    open: (path, text) =>
      notify('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'yaml', version: ++version, text },
      }),
    change: (path, text) =>
      notify('textDocument/didChange', {
        textDocument: { uri: uri(path), version: ++version },
        contentChanges: [{ text }],
      }),
    close: (path) => notify('textDocument/didClose', { textDocument: { uri: uri(path) } }),
    write(changed) {
      const changes = Object.entries(changed).map(([path, text]) => {
        const type = text === undefined ? 3 : files.has(path) ? 2 : 1;
        if (text === undefined)
          for (const file of [...files.keys()]) if (file === path || file.startsWith(`${path}/`)) files.delete(file);
        if (text !== undefined) files.set(path, text);
        return { uri: uri(path), type };
      });
      notify('workspace/didChangeWatchedFiles', { changes });
    },
    async end() {
      await client.sendRequest('shutdown');
      client.dispose();
      server.dispose();
    },
  };
  return conversation;
}

function pipe(): Duplex {
  const stream: Duplex = new Duplex({
    read: () => undefined,
    write(chunk, _encoding, done) {
      stream.push(chunk);
      done();
    },
  });
  return stream;
}

function memoryFiles(files: ReadonlyMap<string, string>, onRead?: Setting['onRead']): Files {
  return {
    async *list(_folders, places) {
      const found = [...files.keys()].filter(
        (path) =>
          isManifestName(path.slice(path.lastIndexOf('/') + 1)) &&
          places.some((place) => uri(path) === place || uri(path).startsWith(`${place}/`)),
      );
      const isFirst = (path: string) => isChart(uri(path)) || isKustomization(uri(path));
      for (const path of [...found.filter(isFirst), ...found.filter((path) => !isFirst(path))]) {
        await onRead?.(path);
        const text = files.get(path);
        if (text !== undefined) yield { uri: uri(path), text };
      }
    },
    async *read(uris) {
      for (const path of [...files.keys()].filter((path) => uris.includes(uri(path)))) {
        await onRead?.(path);
        yield { uri: uri(path), text: files.get(path) ?? '' };
      }
    },
  };
}
