/**
 * One map from keys to resources is all the linking there is, and one map from the same keys to the files that asked
 * for them is all the invalidation. Joins look keys up; nothing compares all with all.
 */
import { folderOf, foldersOf, ringOf } from './bundle/directory';
import { isNear, pieces, probes } from './near';
import type { Resource } from './resource';

/** Resources of one ring, seen from a file. */
export interface Ring {
  readonly ring: number;
  readonly resources: readonly Resource[];
}

/** Told of every key that a question depended on. */
export type Ask = (key: string) => void;

export interface Lookup {
  /** Files the resource under all its keys; `root` is the workspace folder of its file. */
  add(resource: Resource, root: string): void;
  remove(resource: Resource, root: string): void;
  /** The resources under a key in the workspace folder `root`, nearest ring first, seen from the file `from`. */
  rings(key: string, from: string, root: string, ask: Ask): Iterable<Ring>;
  /** The resources under a key in the folder of the file `from`. */
  inFolder(key: string, from: string, ask: Ask): readonly Resource[];
  /** How many resources lie under a key, as a measure of how long it would take to go through them. */
  count(key: string): number;
  /** Strings of a field (see keys.ts) that are probably meant by `wanted`. */
  near(field: string, wanted: string, ask: Ask): string[];
  /** Keys touched since the last call. */
  takeChanged(): ReadonlySet<string>;
}

/** Below this many resources a key is gone through; above it, folder by folder. */
const FEW = 24;

/** What lies under a key: mostly one resource, so that it alone stands for a bucket of one. */
type Filed = Resource | Bucket;

interface Bucket {
  readonly all: Set<Resource>;
  folders: Map<string, Set<Resource>> | undefined;
}

function isBucket(filed: Filed): filed is Bucket {
  return 'all' in filed;
}

function sizeOf(filed: Filed | undefined): number {
  return filed === undefined ? 0 : isBucket(filed) ? filed.all.size : 1;
}

function allOf(filed: Filed | undefined): readonly Resource[] {
  return filed === undefined ? [] : isBucket(filed) ? [...filed.all] : [filed];
}

interface Strings {
  readonly counts: Map<string, number>;
  pieces: Map<string, Set<string>> | undefined;
}

/** What a resource is filed under: exact keys, and the strings of fields that near misses are looked for in. */
export interface Keys {
  readonly exact: readonly string[];
  readonly strings: readonly (readonly [field: string, text: string])[];
}

/** An empty lookup; `keysOf` says what a resource is filed under and must always answer the same for one resource. */
export function createLookup(keysOf: (resource: Resource) => Keys): Lookup {
  const buckets = new Map<string, Filed>();
  const fields = new Map<string, Strings>();
  const rootsOf = new Map<Resource, string>();
  let changed = new Set<string>();

  function touch(key: string, filed: Filed | undefined, resource: Resource, root: string): void {
    changed.add(key);
    if (!filed || !isBucket(filed) || !filed.folders) return;
    for (const place of places(resource, root)) changed.add(`${key}@${place}`);
  }

  /** What lies under a key, parted by folders where it is much. */
  function parted(key: string): (Bucket & { readonly folders: Map<string, Set<Resource>> }) | undefined {
    const filed = buckets.get(key);
    if (!filed || !isBucket(filed) || filed.all.size <= FEW) return undefined;
    filed.folders ??= fileAll(filed.all, rootsOf);
    return { all: filed.all, folders: filed.folders };
  }

  return {
    add(resource, root) {
      rootsOf.set(resource, root);
      const { exact, strings } = keysOf(resource);
      for (const key of exact) {
        const filed = buckets.get(key);
        if (filed === undefined) buckets.set(key, resource);
        else if (!isBucket(filed)) buckets.set(key, { all: new Set([filed, resource]), folders: undefined });
        else {
          filed.all.add(resource);
          if (filed.folders) for (const place of places(resource, root)) file(filed.folders, place, resource);
        }
        touch(key, filed, resource, root);
      }
      for (const [field, text] of strings) if (addString(fields, field, text)) changed.add(nearKey(field));
    },
    remove(resource, root) {
      rootsOf.delete(resource);
      const { exact, strings } = keysOf(resource);
      for (const key of exact) {
        const filed = buckets.get(key);
        touch(key, filed, resource, root);
        if (filed && isBucket(filed)) {
          filed.all.delete(resource);
          if (filed.folders) for (const place of places(resource, root)) filed.folders.get(place)?.delete(resource);
        }
        if (filed === resource || sizeOf(filed) === 0) buckets.delete(key);
      }
      for (const [field, text] of strings) if (removeString(fields, field, text)) changed.add(nearKey(field));
    },
    rings(key, from, root, ask) {
      const bucket = parted(key);
      if (bucket) return ringsOf(bucket.folders, key, from, root, ask);
      ask(key);
      const filed = buckets.get(key);
      if (filed === undefined) return [];
      if (!isBucket(filed))
        return rootsOf.get(filed) === root ? [{ ring: ringOf(from, filed.uri), resources: [filed] }] : [];
      return byRing(
        [...filed.all].filter((resource) => rootsOf.get(resource) === root),
        from,
      );
    },
    inFolder(key, from, ask) {
      const folder = folderOf(from);
      const bucket = parted(key);
      if (!bucket) {
        ask(key);
        return allOf(buckets.get(key)).filter(({ uri }) => folderOf(uri) === folder);
      }
      ask(`${key}@${folder}`);
      return [...(bucket.folders.get(folder) ?? [])];
    },
    count: (key) => sizeOf(buckets.get(key)),
    near(field, wanted, ask) {
      ask(nearKey(field));
      const strings = fields.get(field);
      if (!strings) return [];
      strings.pieces ??= filePieces(strings.counts.keys());
      const found = new Set<string>();
      for (const probe of probes(wanted))
        for (const text of strings.pieces.get(probe) ?? []) if (isNear(wanted, text)) found.add(text);
      return [...found].sort();
    },
    takeChanged() {
      const taken = changed;
      changed = new Set();
      return taken;
    },
  };
}

/** Of what is parted by folders, nearest first, as far as somebody goes through it. */
function* ringsOf(
  folders: ReadonlyMap<string, ReadonlySet<Resource>>,
  key: string,
  from: string,
  root: string,
  ask: Ask,
): Iterable<Ring> {
  const seen = new Set<Resource>();
  for (const folder of foldersOf(from, root)) {
    for (const place of [folder, `${folder}/**`]) {
      ask(`${key}@${place}`);
      const fresh = [...(folders.get(place) ?? [])].filter((resource) => !seen.has(resource));
      for (const resource of fresh) seen.add(resource);
      yield* byRing(fresh, from);
    }
  }
}

function nearKey(field: string): string {
  return `near ${field}`;
}

/** Its folder, for direct files, and every folder above with `/**`, for subtrees. */
function places(resource: Resource, root: string): string[] {
  return [folderOf(resource.uri), ...foldersOf(resource.uri, root).map((folder) => `${folder}/**`)];
}

function file<T>(map: Map<string, Set<T>>, key: string, item: T): void {
  const set = map.get(key);
  if (set) set.add(item);
  else map.set(key, new Set([item]));
}

function fileAll(resources: Iterable<Resource>, rootsOf: ReadonlyMap<Resource, string>): Map<string, Set<Resource>> {
  const folders = new Map<string, Set<Resource>>();
  for (const resource of resources)
    for (const place of places(resource, rootsOf.get(resource) ?? '')) file(folders, place, resource);
  return folders;
}

function byRing(resources: readonly Resource[], from: string): Ring[] {
  const [only] = resources;
  if (only === undefined) return [];
  if (resources.length === 1) return [{ ring: ringOf(from, only.uri), resources }];
  const rings = new Map<number, Resource[]>();
  for (const resource of resources) {
    const ring = ringOf(from, resource.uri);
    const list = rings.get(ring);
    if (list) list.push(resource);
    else rings.set(ring, [resource]);
  }
  return [...rings].sort(([a], [b]) => a - b).map(([ring, list]) => ({ ring, resources: list.sort(inFileOrder) }));
}

/** A stable order: by file, then by place in the file. */
export function inFileOrder(a: Resource, b: Resource): number {
  return a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.index - b.index;
}

function addString(fields: Map<string, Strings>, field: string, text: string): boolean {
  const strings = fields.get(field) ?? { counts: new Map<string, number>(), pieces: undefined };
  fields.set(field, strings);
  const count = strings.counts.get(text) ?? 0;
  strings.counts.set(text, count + 1);
  if (count === 0 && strings.pieces) for (const piece of pieces(text)) file(strings.pieces, piece, text);
  return count === 0;
}

function removeString(fields: Map<string, Strings>, field: string, text: string): boolean {
  const strings = fields.get(field);
  const count = strings?.counts.get(text) ?? 0;
  if (!strings || count > 1) {
    strings?.counts.set(text, count - 1);
    return false;
  }
  strings.counts.delete(text);
  if (strings.pieces) for (const piece of pieces(text)) strings.pieces.get(piece)?.delete(text);
  return true;
}

function filePieces(texts: Iterable<string>): Map<string, Set<string>> {
  const filed = new Map<string, Set<string>>();
  for (const text of texts) for (const piece of pieces(text)) file(filed, piece, text);
  return filed;
}
