/** Which files lie at places, on a disk. */
import type { Dirent } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Folder, ReportProblem } from './files';
import { isManifestName } from './files';
import type { Filter } from './filter';
import { createFilter } from './filter';
import { reason } from './reason';

export interface Found {
  readonly uri: string;
  readonly path: string;
}

/** The manifests at places, in a stable order. */
export async function find(
  folders: readonly Folder[],
  places: readonly string[],
  report: ReportProblem,
): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  const filters = new Map(folders.map((folder) => [folder.uri, createFilter(folder)]));
  const withRules = new Set<string>();
  /** Real paths of folders that are walked; a link into or around them would only repeat them. */
  const walked: string[] = [];

  async function addRules(filter: Filter, folder: string): Promise<void> {
    if (withRules.has(folder)) return;
    withRules.add(folder);
    const text = await readFile(join(fileURLToPath(folder), '.gitignore'), 'utf8').catch(() => undefined);
    if (text !== undefined) filter.addRules(folder, text);
  }

  /** Rules of folders above a workspace folder count as far up as the repository reaches. */
  async function addRulesAbove(filter: Filter, root: string): Promise<void> {
    const above: string[] = [];
    for (let folder = root; folder !== parent(folder) && folder.startsWith('file:///'); folder = parent(folder)) {
      if (folder !== root) above.push(folder);
      if (await exists(join(fileURLToPath(folder), '.git'))) {
        for (const item of above) await addRules(filter, item);
        return;
      }
    }
  }

  /** The nearest podpath.yaml above a place holds for it too, as far up as the repository reaches. */
  async function addConfigAbove(place: string): Promise<void> {
    const isHere = async (name: string, folder: string) => exists(join(fileURLToPath(folder), name));
    for (let folder = place; folder.startsWith('file:///'); folder = parent(folder)) {
      if (folder !== place && (await isHere('podpath.yaml', folder))) {
        const uri = `${folder}/podpath.yaml`;
        found.set(uri, { uri, path: fileURLToPath(uri) });
        return;
      }
      if ((await isHere('.git', folder)) || (folder === place && (await isHere('podpath.yaml', folder)))) return;
    }
  }

  async function addPlace(place: string): Promise<void> {
    const root = [...filters.keys()]
      .filter((folder) => place === folder || place.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0];
    const filter = root === undefined ? createFilter({ uri: place, exclude: [] }) : filters.get(root);
    if (!filter) return;
    if (root !== undefined) {
      await addRulesAbove(filter, root);
      for (const folder of between(root, place)) {
        if (filter.leavesOut(folder, true)) return;
        await addRules(filter, folder);
      }
    }
    if (root === undefined || place === root) await addConfigAbove(place);
    const path = fileURLToPath(place);
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile() && (root === undefined || (isManifestName(path) && !filter.leavesOut(place, false))))
      found.set(place, { uri: place, path });
    if (info?.isDirectory() && (place === root || !filter.leavesOut(place, true))) {
      const real = await realpath(path).catch(() => path);
      walked.push(real);
      await walk(filter, place, path);
    }
  }

  async function walk(filter: Filter, folder: string, path: string): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      report(folder, `cannot be read: ${reason(error)}`, 'failed');
      return [];
    });
    if (entries.some(({ name }) => name === '.gitignore')) await addRules(filter, folder);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const uri = `${folder}/${encodeURIComponent(entry.name)}`;
      const entryPath = join(path, entry.name);
      const type = await typeOf(entry, entryPath);
      if (type === 'file' && isManifestName(entry.name) && !filter.leavesOut(uri, false))
        found.set(uri, { uri, path: entryPath });
      if (type === 'folder' && !filters.has(uri) && !filter.leavesOut(uri, true)) await walk(filter, uri, entryPath);
    }
  }

  async function typeOf(entry: Dirent, path: string): Promise<'file' | 'folder' | undefined> {
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
    if (!entry.isSymbolicLink()) return undefined;
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile()) return 'file';
    const real = info?.isDirectory() ? await realpath(path).catch(() => undefined) : undefined;
    if (real === undefined || walked.some((other) => isWithin(real, other) || isWithin(other, real))) return undefined;
    walked.push(real);
    return 'folder';
  }

  for (const place of places) if (place.startsWith('file:')) await addPlace(place);
  return [...found.values()];
}

/** The folders from `root` down to the one that holds `place`. */
function between(root: string, place: string): string[] {
  const folders: string[] = [];
  for (let folder = place; folder.length > root.length;) folders.unshift((folder = parent(folder)));
  return folders;
}

function parent(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
