/** What the server knows while it runs: the one workspace, the open documents, the folders. */
import type { Connection } from 'vscode-languageserver';
import type { Settings, Snapshot, Workspace } from '../core/index';
import { canonicalUri, createWorkspace, defaultSettings, pathBelow } from '../core/index';
import type { Files, Folder } from '../files/files';
import type { ClientFacts } from './client';
import { readClient } from './client';
import type { Documents } from './documents';
import { createDocuments } from './documents';
import type { LogError } from './guard';
import { errorText } from './guard';
import type { Names } from './texts';

export interface Session {
  readonly connection: Connection;
  readonly files: Files;
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly names: Names;
  readonly log: LogError;
  /** Documents that show what a kustomization builds, with the texts that the client has. */
  readonly rendered: Map<string, string>;
  /** The state of the workspace with what was typed until now. */
  readonly snapshot: () => Snapshot;
  client: ClientFacts;
  folders: readonly Folder[];
  settings: Settings;
  /** True while files are read: what is not here may still come. */
  loading: boolean;
  /** Everything has been read once. */
  ready: boolean;
  stopped: boolean;
}

export function createSession(connection: Connection, files: Files): Session {
  const documents = createDocuments();
  const log: LogError = (where, error) => {
    // After shutdown nobody listens, and a connection that is closed would throw.
    if (!session.stopped) connection.console.error(`${where}: ${errorText(error)}`);
  };
  const workspace = createWorkspace((rule, uri, error) => log(`rule ${rule} on ${uri}`, error));
  const session: Session = {
    connection,
    files,
    workspace,
    documents,
    log,
    rendered: new Map(),
    names: { path: (uri) => pathOf(session.folders, uri), spelled: (uri) => documents.spelled(uri) },
    snapshot() {
      for (const [uri, text] of documents.takeChanged()) workspace.set(uri, text);
      return workspace.snapshot();
    },
    client: readClient(undefined),
    folders: [],
    settings: defaultSettings,
    loading: true,
    ready: false,
    stopped: false,
  };
  return session;
}

/** The workspace folder that holds a file, the deepest where they are nested. */
export function folderOf(folders: readonly Folder[], uri: string): Folder | undefined {
  return folders
    .filter((folder) => uri === folder.uri || uri.startsWith(`${folder.uri}/`))
    .sort((a, b) => b.uri.length - a.uri.length)[0];
}

/** `k8s/web.yaml`, or `folder/k8s/web.yaml` where there are several workspace folders. */
function pathOf(folders: readonly Folder[], uri: string): string {
  const folder = folderOf(folders, uri);
  if (!folder) return decoded(uri.slice(uri.lastIndexOf('/') + 1));
  const path = pathBelow(folder.uri, uri);
  return folders.length > 1 ? `${decoded(folder.uri.slice(folder.uri.lastIndexOf('/') + 1))}/${path}` : path;
}

function decoded(text: string): string {
  return pathBelow('', `/${canonicalUri(text)}`);
}
