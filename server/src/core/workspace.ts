/** The one mutable object: files in, snapshots out. Everything else is a function of a snapshot. */
import { folderOf, foldersOf } from './bundle/directory';
import type { ManifestFile } from './bundle/file';
import { readFile } from './bundle/file';
import { createOwners } from './bundle/owners';
import type { Named, Role } from './bundle/role';
import { isChart, isKustomization, namedBy } from './bundle/role';
import { joinFindings } from './bundle-findings';
import type { Build, Bundle, Bundles } from './bundles';
import { createBundles } from './bundles';
import type { Finding } from './finding';
import type { Judge } from './judge';
import { keysOf } from './keys';
import type { Files, Links } from './links';
import { createLinks, dispatched, unreadableKey } from './links';
import { createLookup } from './lookup';
import type { Resource } from './resource';
import type { Settings } from './settings';
import { defaultSettings } from './settings';
import { lineStarts } from './text';

/** What is kept of a file: its facts and what its own text decides. Trees are dropped, and read again when asked for. */
export interface FileFacts {
  readonly uri: string;
  /** The workspace folder it lies in. */
  readonly root: string;
  readonly text: string;
  readonly role: Role;
  readonly resources: readonly Resource[];
  /** A Kubernetes document in it could not be read. */
  readonly unreadable: boolean;
  /** Findings that the file alone decides. */
  readonly local: readonly Finding[];
}

/** One state of the workspace. It answers until the next change; asking it later throws, so nobody reads a mixture. */
export interface Snapshot {
  readonly settings: Settings;
  readonly uris: () => Iterable<string>;
  readonly file: (uri: string) => FileFacts | undefined;
  readonly links: Links;
  /** The folder of the kustomization for which editor features answer; undefined for all of them. */
  readonly environment: string | undefined;
  /** What kustomizations build, in the order of their files. */
  readonly bundles: () => readonly Bundle[];
  /** The bundles that a file is part of. */
  readonly bundlesOf: (uri: string) => readonly Bundle[];
  /** All findings of a file, in file order. */
  readonly findings: (uri: string) => readonly Finding[];
  /** The file with its trees. */
  readonly read: (uri: string) => ManifestFile | undefined;
  /** Offsets at which the lines of a file start. */
  readonly lines: (uri: string) => readonly number[];
}

interface Linked {
  readonly findings: readonly Finding[];
  readonly asked: ReadonlySet<string>;
}

export class Workspace {
  readonly #judge: Judge;
  readonly #lookup = createLookup(keysOf);
  readonly #files = new Map<string, FileFacts>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #linked = new Map<string, Linked>();
  readonly #askers = new Map<string, Set<string>>();
  readonly #owners = createOwners();
  readonly #charts = new Set<string>();
  readonly #stale = new Set<string>();
  readonly #lines = new Map<string, readonly number[]>();
  #roots: readonly string[] = [];
  #settings: Settings = defaultSettings;
  #namespace: string | undefined;
  #environment: string | undefined;
  #snapshot: Snapshot | undefined;
  readonly #bundles: Bundles;

  /** Without `build`, kustomizations are left alone. */
  constructor(judge: Judge, build?: Build) {
    this.#judge = judge;
    this.#bundles = createBundles({
      judge,
      build,
      settings: () => this.#settings,
      namespace: () => this.#namespace,
      textOf: (uri) => this.#files.get(uri)?.text,
      outside: (ask) => createLinks(this.#lookup, this.#asFiles(), ask),
      asked: (id, keys) => {
        this.#forget(id);
        if (keys.size > 0) this.#remember(id, { findings: [], asked: keys });
      },
    });
  }

  /** The workspace folders, as URIs without a last slash. Files outside of them are worlds of their own folder. */
  setRoots(roots: readonly string[]): void {
    this.#roots = [...roots].sort((a, b) => b.length - a.length);
    for (const file of [...this.#files.values()])
      if (this.#rootOf(file.uri) !== file.root) this.set(file.uri, file.text);
  }

  setSettings(settings: Settings): void {
    this.#settings = settings;
    for (const file of [...this.#files.values()]) this.#put(file.uri, file.text);
    this.#bundles.reset();
  }

  /** The namespace of resources that name none. Undefined, as it is at first, leaves it unknown. */
  setNamespace(namespace: string | undefined): void {
    this.#namespace = namespace;
    for (const file of [...this.#files.values()]) this.#put(file.uri, file.text);
    this.#bundles.reset();
  }

  /** Chooses the kustomization, by its folder, for which editor features answer. */
  setEnvironment(folder: string | undefined): void {
    this.#environment = folder;
    this.#snapshot = undefined;
  }

  /** Takes the text of a file, from an editor or from disk. */
  set(uri: string, text: string): void {
    this.#put(uri, text);
    if (isKustomization(uri)) this.#reown(uri, namedBy(uri, text));
    if (isChart(uri) && !this.#charts.has(folderOf(uri))) {
      this.#charts.add(folderOf(uri));
      this.#reread((file) => file.uri.startsWith(`${folderOf(uri)}/`));
    }
  }

  delete(uri: string): void {
    this.#remove(uri);
    if (isKustomization(uri)) this.#reown(uri, undefined);
    if (isChart(uri) && this.#charts.delete(folderOf(uri)))
      this.#reread((file) => file.uri.startsWith(`${folderOf(uri)}/`));
  }

  /** Files whose findings may have changed since the last call. */
  takeStale(): string[] {
    this.#spread();
    const stale = new Set([...this.#stale, ...this.#bundles.takeStale()]);
    this.#stale.clear();
    return [...stale];
  }

  snapshot(): Snapshot {
    this.#spread();
    return (this.#snapshot ??= this.#createSnapshot());
  }

  #createSnapshot(): Snapshot {
    const current = () => {
      if (this.#snapshot !== snapshot) throw new Error('this snapshot is outdated: the workspace has changed since');
    };
    // Every question is told to `current`, so links are outdated with the snapshot that they belong to.
    const plain = createLinks(this.#lookup, this.#asFiles(), current);
    const rendered = new Map<string, Links>();
    const linksOf = ({ uri }: Resource): Links => {
      const known = rendered.get(uri);
      if (known) return known;
      const bundle = this.#bundles.get(uri);
      if (!bundle) return plain;
      const links = this.#bundles.links(bundle, current);
      rendered.set(uri, links);
      return links;
    };
    const links = dispatched(plain, linksOf);
    const snapshot: Snapshot = {
      settings: this.#settings,
      environment: this.#environment,
      uris: () => (current(), this.#files.keys()),
      file: (uri) => (current(), this.#files.get(uri)),
      links,
      bundles: () => (current(), this.#bundles.all()),
      bundlesOf: (uri) => (current(), this.#bundles.of(uri)),
      findings: (uri) => (current(), this.#findings(uri)),
      read: (uri) => {
        current();
        const file = this.#files.get(uri);
        return file && readFile(uri, file.text, file.role, this.#namespace);
      },
      lines: (uri) => (current(), this.#linesOf(uri)),
    };
    return snapshot;
  }

  #linesOf(uri: string): readonly number[] {
    const known = this.#lines.get(uri);
    if (known) return known;
    const lines = lineStarts(this.#files.get(uri)?.text ?? '');
    this.#lines.set(uri, lines);
    return lines;
  }

  #asFiles(): Files {
    return {
      rootOf: (uri) => this.#files.get(uri)?.root ?? folderOf(uri),
      resourcesOf: (uri) => this.#files.get(uri)?.resources ?? [],
      filesIn: (folder) => [...(this.#folders.get(folder) ?? [])],
      hasUnreadable: (uri) => this.#files.get(uri)?.unreadable === true,
      textOf: (uri) => this.#files.get(uri)?.text ?? '',
    };
  }

  #rootOf(uri: string): string {
    return this.#roots.find((folder) => uri.startsWith(`${folder}/`)) ?? folderOf(uri);
  }

  #roleOf(uri: string): Role {
    if (isKustomization(uri)) return 'kustomization';
    if (this.#charts.size > 0 && foldersOf(uri, '').some((folder) => this.#charts.has(folder))) return 'chart';
    return this.#owners.isOwned(uri) ? 'owned' : 'plain';
  }

  #put(uri: string, text: string): void {
    this.#remove(uri);
    this.#bundles.change(uri);
    const root = this.#rootOf(uri);
    const read = readFile(uri, text, this.#roleOf(uri), this.#namespace);
    const resources = read.documents.flatMap((document) => document.reads.map(({ resource }) => resource));
    const unreadable = read.documents.some((document) => document.kubernetes && document.problems.length > 0);
    const file: FileFacts = {
      uri,
      root,
      text,
      role: read.role,
      resources,
      unreadable,
      local: this.#judge.local(read, this.#settings),
    };
    this.#files.set(uri, file);
    const folder = folderOf(uri);
    const neighbours = this.#folders.get(folder) ?? new Set();
    this.#folders.set(folder, neighbours.add(uri));
    for (const resource of resources) this.#lookup.add(resource, root);
    if (unreadable) this.#touch(unreadableKey(folder));
    this.#stale.add(uri);
  }

  #remove(uri: string): void {
    this.#snapshot = undefined;
    const file = this.#files.get(uri);
    if (!file) return;
    for (const resource of file.resources) this.#lookup.remove(resource, file.root);
    if (file.unreadable) this.#touch(unreadableKey(folderOf(uri)));
    this.#files.delete(uri);
    this.#bundles.change(uri);
    this.#folders.get(folderOf(uri))?.delete(uri);
    this.#lines.delete(uri);
    this.#forget(uri);
    this.#stale.add(uri);
  }

  /** Takes what a kustomization names; undefined when it is gone. */
  #reown(uri: string, named: Named | undefined): void {
    this.#bundles.set(uri, named);
    const touched = this.#owners.set(uri, named?.files ?? []);
    this.#reread((file) => touched.has(file.uri));
  }

  /** Reads files again whose role has changed. */
  #reread(which: (file: FileFacts) => boolean): void {
    for (const file of [...this.#files.values()])
      if (which(file) && this.#roleOf(file.uri) !== file.role) this.#put(file.uri, file.text);
  }

  #touch(key: string): void {
    for (const uri of this.#askers.get(key) ?? []) this.#outdate(uri);
  }

  /** Outdates the linked findings of all files that asked for a key which has changed. */
  #spread(): void {
    for (const key of this.#lookup.takeChanged())
      for (const uri of [...(this.#askers.get(key) ?? [])]) this.#outdate(uri);
  }

  /** What has asked is a file or a bundle. */
  #outdate(uri: string): void {
    this.#forget(uri);
    if (!this.#bundles.outdate(uri)) this.#stale.add(uri);
  }

  #forget(uri: string): void {
    for (const key of this.#linked.get(uri)?.asked ?? []) {
      const askers = this.#askers.get(key);
      askers?.delete(uri);
      if (askers?.size === 0) this.#askers.delete(key);
    }
    this.#linked.delete(uri);
  }

  #findings(uri: string): readonly Finding[] {
    const file = this.#files.get(uri);
    if (!file) return [];
    const linked = file.role === 'plain' ? (this.#linked.get(uri) ?? this.#link(file)).findings : [];
    const rendered = joinFindings(this.#bundles.findings(uri));
    return [...file.local, ...linked, ...rendered].sort(
      (a, b) => a.at.start - b.at.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
  }

  #link(file: FileFacts): Linked {
    const asked = new Set<string>();
    const links = createLinks(this.#lookup, this.#asFiles(), (key) => asked.add(key));
    const findings = file.resources.flatMap((resource) => this.#judge.linked(resource, links, this.#settings));
    const linked: Linked = { findings, asked };
    this.#remember(file.uri, linked);
    return linked;
  }

  #remember(asker: string, linked: Linked): void {
    this.#linked.set(asker, linked);
    for (const key of linked.asked) {
      const askers = this.#askers.get(key);
      if (askers) askers.add(asker);
      else this.#askers.set(key, new Set([asker]));
    }
  }
}
