/** Folders and settings, as the client has them. */
import type { WorkspaceFolder } from 'vscode-languageserver';
import type { Settings } from '../core/index';
import { canonicalUri, isConfig, readSettings } from '../core/index';
import type { Folder } from '../files/files';
import type { Session } from './session';
import { folderOf } from './session';

/** What follows from a changed configuration. */
export interface Consequences {
  /** Folders to read. */
  readonly read: readonly string[];
  /** Files of which other findings may be shown. */
  readonly shown: Iterable<string>;
}

/** Brings folders and settings to what the client has now. */
export async function configure(session: Session, roots: readonly WorkspaceFolder[]): Promise<Consequences> {
  const { settings, excludes } = await ask(session, roots);
  const folders = new Map<string, Folder>();
  for (const [index, root] of roots.entries()) {
    const uri = canonicalUri(root.uri);
    folders.set(uri, { uri, exclude: globs(excludes[index]) });
  }
  const before = session.folders.map((folder) => JSON.stringify(folder));
  const shownDifferently = settings.closedFiles !== session.settings.closedFiles;
  const judgedDifferently = judged(settings) !== judged(session.settings);
  session.folders = [...folders.values()];
  session.settings = settings;
  session.workspace.setRoots([...folders.keys()]);
  if (judgedDifferently) session.workspace.setSettings(settings);
  const uris = [...session.snapshot().uris()];
  for (const uri of uris)
    if (!isConfig(uri) && !folderOf(session.folders, uri) && !session.documents.has(uri)) session.workspace.delete(uri);
  return {
    read: session.folders.filter((folder) => !before.includes(JSON.stringify(folder))).map(({ uri }) => uri),
    shown: shownDifferently ? uris : [],
  };
}

interface Answers {
  readonly settings: Settings;
  /** `files.exclude` of each root. */
  readonly excludes: readonly unknown[];
}

/** Clients that cannot be asked gave settings at the start. */
async function ask({ client, connection, log }: Session, roots: readonly WorkspaceFolder[]): Promise<Answers> {
  if (!client.configuration) return { settings: readSettings(client.options.settings), excludes: [] };
  const items = [{ section: 'podpath' }, ...roots.map(({ uri }) => ({ section: 'files.exclude', scopeUri: uri }))];
  const answers: unknown = await connection.workspace.getConfiguration(items).catch((error: unknown) => {
    log('workspace/configuration', error);
  });
  const [settings, ...excludes] = Array.isArray(answers) ? (answers as readonly unknown[]) : [];
  return { settings: readSettings(settings), excludes };
}

/** What manifests are judged by; the rest of the settings is about showing. */
function judged(settings: Settings): string {
  return JSON.stringify({ ...settings, closedFiles: '' });
}

/** The globs of `files.exclude` that are switched on. Those with a condition (`when`) are about generated siblings. */
function globs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
