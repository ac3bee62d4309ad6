/** Reads the manifests at PATH into a workspace, and says which of them are reported. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings, Snapshot } from '../core/index';
import { createWorkspace, environmentName, isKustomization } from '../core/index';
import { diskFiles } from '../files/disk';
import { fileUri } from '../files/paths';
import { readWanted } from '../files/wanted';
import type { Call } from './command';
import { namedConfig, settingsAbove } from './config';
import { createProgress } from './progress';
import { readBaselines } from './read-baselines';
import { UsageError } from './usage-error';

/** A file or folder that could not be read, or was not. */
export interface Unread {
  readonly uri: string;
  readonly message: string;
  readonly kind: 'failed' | 'skipped';
}

export interface Loaded {
  readonly snapshot: Snapshot;
  /** The folder that holds everything that is read, as a URI. */
  readonly root: string;
  /** From where the world is seen: the first file when only files are named, else the folder of all. */
  readonly from: string;
  /** The files that PATH chooses, in the order of their shown paths. */
  readonly reported: readonly string[];
  readonly unread: readonly Unread[];
  /** A URI as people see it: relative to the current folder, with `/`. */
  readonly show: (uri: string) => string;
  /** The text of a file by its shown path. */
  readonly textOf: (file: string) => string | undefined;
  /** What is applied together with a file: the PATH that holds it. */
  readonly bundleOf: (uri: string) => string;
  /** What `--bundle` names: a bundle as it is chosen, or the URI of a folder. */
  readonly only: string | undefined;
  /** The same with other texts of files. */
  readonly update: (texts: ReadonlyMap<string, string>) => Loaded;
}

/**
 * Reads folders whole, and for files also the current folder that holds them, as one world. What is named is read
 * even if git ignores it. `base` are the settings that hold where podpath.yaml and the options say nothing; `rules` are
 * the ids of those that run, all where nothing is said. Throws UsageError for a path that does not exist.
 */
export async function load(
  call: Pick<Call, 'paths' | 'io' | 'options'>,
  base: Partial<Settings> = {},
  rules?: readonly string[],
): Promise<Loaded> {
  const { paths, io } = call;
  const progress = createProgress(call);
  const places = paths.map((path) => place(path, io.cwd));
  const named = places.filter((item) => !item.isFolder).map((item) => item.path);
  const context = named.some((path) => isWithin(path, io.cwd)) ? [io.cwd] : [];
  const folders = [...new Set([...places.flatMap((item) => (item.isFolder ? [item.path] : [])), ...context])];
  const unread = new Map<string, Unread>();
  const files = diskFiles((uri, message, kind) => unread.set(uri, { uri, message, kind }));
  const texts = new Map<string, string>();
  const uris = folders.map(fileUri);
  for await (const { uri, text } of files.list(
    uris.map((uri) => ({ uri, exclude: [] })),
    uris,
  )) {
    texts.set(uri, text);
    progress.read(texts.size);
  }
  const alone = named.map(fileUri).filter((uri) => !texts.has(uri));
  for await (const { uri, text } of files.list([], alone)) texts.set(uri, text);

  const workspace = createWorkspace(
    (rule, uri, error) =>
      io.message(`the rule ${rule} failed on ${show(uri)}: ${error instanceof Error ? error.message : String(error)}`),
    rules,
  );
  const root = fileUri(shared([...folders, ...named.map((path) => dirname(path))]));
  workspace.setRoots([root]);
  workspace.setSettings(base, settingsAbove(call));
  const config = namedConfig(call);
  if (config) {
    workspace.set(config.uri, config.text);
    workspace.useConfig(config.uri, config.text);
  }
  for (const [uri, text] of texts) workspace.set(uri, text);
  await readWanted(workspace, files);

  const show = (uri: string) => relative(io.cwd, fileURLToPath(uri)).split(sep).join('/') || '.';
  const only = chosenBundle(call, workspace.snapshot(), show);
  workspace.setEnvironment(only);
  const chosen = (uri: string) => {
    const path = fileURLToPath(uri);
    return places.find((item) => (item.isFolder ? isWithin(path, item.path) : path === item.path));
  };
  const byShown = (a: string, b: string) => (show(a) < show(b) ? -1 : 1);
  const reported = [...texts.keys()].filter((uri) => chosen(uri) !== undefined).sort(byShown);
  await readBaselines(workspace, reported, files, call, show);
  progress.end();
  const loaded = (): Loaded => ({
    snapshot: workspace.snapshot(),
    root,
    from: named[0] !== undefined && named.length === places.length ? fileUri(named[0]) : `${root}/`,
    reported,
    unread: [...unread.values()].filter(({ uri }) => chosen(uri) !== undefined).sort((a, b) => byShown(a.uri, b.uri)),
    show,
    textOf: (file) => workspace.snapshot().file(fileUri(resolve(io.cwd, file)))?.text,
    bundleOf: (uri) => {
      const from = chosen(uri);
      return from?.isFolder ? show(fileUri(from.path)) : '.';
    },
    only,
    update(changed) {
      for (const [uri, text] of changed) workspace.set(uri, text);
      return loaded();
    },
  });
  return loaded();
}

/** The bundle that `--bundle` calls by its name, or the folder that it names, perhaps by the kustomization in it. */
function chosenBundle(
  { options, io }: Pick<Call, 'options' | 'io'>,
  snapshot: Snapshot,
  show: (uri: string) => string,
): string | undefined {
  const name = options.text('bundle');
  if (name === undefined) return undefined;
  const named = snapshot.bundles().find(({ environment }) => environmentName(environment, show) === name);
  const uri = fileUri(resolve(io.cwd, name));
  return named?.environment ?? (isKustomization(uri) ? uri.slice(0, uri.lastIndexOf('/')) : uri);
}

function place(path: string, cwd: string) {
  const absolute = resolve(cwd, path);
  try {
    return { path: absolute, isFolder: statSync(absolute).isDirectory() };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(isMissing ? `${path} does not exist` : `${path} cannot be read: ${String(error)}`);
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The last folder that holds all of these; paths that are read together are one world. */
function shared(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let at = common;
    while (!isWithin(folder, at) && dirname(at) !== at) at = dirname(at);
    return at;
  });
}
