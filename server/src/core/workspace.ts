/** The one mutable object: files in, snapshots out. Everything else is a function of a snapshot. */
import { createAskers } from './askers';
import { deploymentsIn, noDeployments } from './bundle/deployment';
import { folderOf, foldersOf } from './bundle/directory';
import type { ManifestFile } from './bundle/file';
import { readFile } from './bundle/file';
import type { Roots } from './bundle/roots';
import { isWithin, noRoots } from './bundle/roots';
import { createOwners } from './bundle/owners';
import type { Named, Role } from './bundle/role';
import { isChart, isKustomization, namedBy } from './bundle/role';
import { joinFindings } from './bundle-findings';
import type { Bundles } from './bundles';
import { createBundles } from './bundles';
import type { Baseline } from './config/baseline';
import { isBaseline, readBaseline } from './config/baseline';
import type { FileSettings } from './config/configuration';
import { createConfiguration, difference } from './config/configuration';
import { isConfig } from './config/read';
import type { Finding } from './finding';
import type { Judge } from './judge';
import { keysOf } from './keys';
import type { Files, Links } from './links';
import { dispatched, unreadableKey } from './links';
import type { Sharing } from './linking';
import { createLinks } from './linking';
import { createLookup } from './lookup';
import type { Resource } from './resource';
import type { Settings } from './settings';
import type { FileFacts, Snapshot } from './snapshot';
import { readIgnores } from './suppression/read';
import type { Settled } from './suppression/settle';
import { settle } from './suppression/settle';
import { lineStarts } from './text';

export type { FileFacts, Snapshot } from './snapshot';

export class Workspace {
  readonly #judge: Judge;
  readonly #lookup = createLookup(keysOf);
  readonly #files = new Map<string, FileFacts>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #linked = new Map<string, readonly Finding[]>();
  /** What the linked findings of files and bundles depend on. */
  readonly #askers = createAskers();
  readonly #owners = createOwners();
  readonly #charts = new Set<string>();
  /** Files that are known not to exist. */
  readonly #absent = new Set<string>();
  readonly #stale = new Set<string>();
  readonly #lines = new Map<string, readonly number[]>();
  #roots: readonly string[] = [];
  readonly #configuration = createConfiguration();
  readonly #baselines = new Map<string, Baseline>();
  /** Findings that files decide alone, of those that were judged since their settings changed. */
  readonly #local = new Map<string, readonly Finding[]>();
  #environment: string | undefined;
  #snapshot: Snapshot | undefined;
  readonly #bundles: Bundles;
  /** What the roles of files are based on: folders that a deployment applies as they are. */
  #applied: Roots = noRoots;

  constructor(judge: Judge) {
    this.#judge = judge;
    this.#bundles = createBundles({
      judge,
      settings: (uri) => this.#settingsOf(uri).settings,
      textOf: (uri) => this.#files.get(uri)?.text,
      resourcesOf: (uri) => this.#files.get(uri)?.resources ?? [],
      rootOf: (uri) => this.#rootOf(uri),
      folders: () => this.#folders.keys(),
      filesBelow: (folder) =>
        [...this.#folders].flatMap(([of, uris]) => (of === folder || of.startsWith(`${folder}/`) ? [...uris] : [])),
      outside: (ask) => createLinks(this.#lookup, this.#asFiles(), ask),
      asked: (id, keys) => this.#askers.set(id, keys),
    });
  }

  /** The workspace folders, as URIs without a last slash. Files outside of them are worlds of their own folder. */
  setRoots(roots: readonly string[]): void {
    this.#roots = [...roots].sort((a, b) => b.length - a.length);
    for (const file of [...this.#files.values()])
      if (this.#rootOf(file.uri) !== file.root) this.set(file.uri, file.text);
  }

  /** Settings of the editor, which podpath.yaml overrules, and those of the command line, which overrule it. */
  setSettings(base: Partial<Settings>, above: Partial<Settings> = {}): void {
    this.#configuration.setBase(base, above);
    this.#reconfigure();
  }

  /** Makes one configuration file hold for all files, in place of the nearest podpath.yaml of each. */
  useConfig(uri: string, text: string): void {
    this.#configuration.set(uri, text);
    this.#configuration.use(uri);
    this.#reconfigure();
  }

  /** Chooses the bundle, or all bundles of a folder (environment.ts), for which editor features and messages speak. */
  setEnvironment(environment: string | undefined): void {
    this.#environment = environment;
    this.#snapshot = undefined;
    for (const uri of this.#bundles.reads()) this.#stale.add(uri);
  }

  /** Takes the text of a file, from an editor or from disk. */
  set(uri: string, text: string): void {
    this.#put(uri, text);
    this.#configure(uri, text);
    if (isKustomization(uri)) this.#reown(uri, namedBy(uri, text));
    if (isChart(uri) && !this.#charts.has(folderOf(uri))) {
      this.#charts.add(folderOf(uri));
      this.#reread((file) => file.uri.startsWith(`${folderOf(uri)}/`));
    }
  }

  /** Takes note that a file is not there. */
  delete(uri: string): void {
    this.#remove(uri);
    this.#configure(uri, undefined);
    this.#absent.add(uri);
    if (isKustomization(uri)) this.#reown(uri, undefined);
    if (isChart(uri) && this.#charts.delete(folderOf(uri)))
      this.#reread((file) => file.uri.startsWith(`${folderOf(uri)}/`));
  }

  /** Files that bundles are made of and nobody has spoken of: to be `set`, or `deleted` where they do not exist. */
  wanted(): string[] {
    return this.#bundles.reads().filter((uri) => !this.#files.has(uri) && !this.#absent.has(uri));
  }

  /** All files that bundles are made of, also such as are missing. */
  used(): string[] {
    return this.#bundles.reads();
  }

  /** A bundle is made of this file, also if it holds no manifest. */
  isUsed(uri: string): boolean {
    return this.#bundles.isRead(uri);
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
    const settled = new Map<string, Settled>();
    const answers: Sharing['answers'] = new Map();
    const settledOf = (uri: string) => {
      const known = settled.get(uri) ?? this.#settle(uri, answers);
      settled.set(uri, known);
      return known;
    };
    const snapshot: Snapshot = {
      settingsOf: (uri) => (current(), this.#settingsOf(uri).settings),
      config: (uri) => (current(), this.#configuration.read(uri)),
      configOf: (uri) => (current(), this.#configuration.nearest(uri)),
      baselineOf: (uri) => (current(), this.#settingsOf(uri).baseline),
      baseline: (uri) => (current(), this.#baselines.get(uri)),
      environment: this.#environment,
      uris: () => (current(), this.#files.keys()),
      file: (uri) => (current(), this.#files.get(uri)),
      links,
      bundles: () => (current(), this.#bundles.all()),
      bundlesOf: (uri) => (current(), this.#bundles.of(uri)),
      render: remembered((bundle) => (current(), this.#bundles.render(bundle))),
      build: remembered((folder) => (current(), this.#bundles.build(folder))),
      findings: (uri) => (current(), settledOf(uri).left),
      known: (uri) => (current(), settledOf(uri).known),
      local: (uri) => (current(), this.#settleLocal(uri)),
      read: (uri) => {
        current();
        const file = this.#files.get(uri);
        return file && this.#read(file);
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
      closedWorld: (uri) => this.#settingsOf(uri).settings.closedWorld,
    };
  }

  #rootOf(uri: string): string {
    return this.#roots.find((folder) => uri.startsWith(`${folder}/`)) ?? folderOf(uri);
  }

  #settingsOf(uri: string): FileSettings {
    return this.#files.get(uri)?.settings ?? this.#configuration.of(uri, this.#rootOf(uri));
  }

  /** Takes a configuration or a baseline; `text` is undefined when the file is gone. */
  #configure(uri: string, text: string | undefined): void {
    if (isConfig(uri)) {
      this.#configuration.set(uri, text);
      this.#reconfigure();
    }
    const baseline = text !== undefined && isBaseline(text) ? readBaseline(uri, text) : undefined;
    if (!baseline && !this.#baselines.delete(uri)) return;
    if (baseline) this.#baselines.set(uri, baseline);
    for (const file of this.#files.values()) if (file.settings.baseline === uri) this.#stale.add(file.uri);
  }

  /** Brings every file to the settings that hold for it now, and redoes no more than they ask for. */
  #reconfigure(): void {
    this.#snapshot = undefined;
    let isJudged = false;
    for (const file of [...this.#files.values()]) {
      const settings = this.#configuration.of(file.uri, file.root);
      const change = difference(file.uri, file.settings, settings);
      if (change === 'none') continue;
      this.#stale.add(file.uri);
      isJudged ||= change !== 'shown';
      if (change === 'read') {
        this.#put(file.uri, file.text);
        continue;
      }
      this.#files.set(file.uri, { ...file, settings });
      if (change === 'judged') {
        this.#local.delete(file.uri);
        this.#forget(file.uri);
      }
    }
    if (isJudged) this.#bundles.reset();
  }

  #roleOf(uri: string): Role {
    if (isConfig(uri)) return 'config';
    if (this.#configuration.of(uri, this.#rootOf(uri)).excludes(uri)) return 'excluded';
    if (isKustomization(uri)) return 'kustomization';
    if (this.#charts.size > 0 && foldersOf(uri, '').some((folder) => this.#charts.has(folder))) return 'chart';
    return this.#owners.isOwned(uri) || isWithin(uri, this.#applied) ? 'owned' : 'plain';
  }

  #put(uri: string, text: string): void {
    this.#remove(uri);
    this.#absent.delete(uri);
    this.#bundles.change(uri);
    const root = this.#rootOf(uri);
    const settings = this.#configuration.of(uri, root);
    const role = isBaseline(text) ? 'config' : this.#roleOf(uri);
    const read = readFile(uri, text, role, settings.settings.namespace || undefined);
    const resources = read.documents.flatMap((document) => document.reads.map(({ resource }) => resource));
    const unreadable = read.documents.some((document) => document.kubernetes && document.problems.length > 0);
    const file: FileFacts = {
      uri,
      root,
      text,
      role: read.role,
      resources,
      unreadable,
      settings,
      ignores: readIgnores(read),
    };
    this.#files.set(uri, file);
    this.#bundles.deploy(uri, role === 'plain' || role === 'owned' ? deploymentsIn(uri, text) : noDeployments);
    if (role !== 'config') this.#local.set(uri, this.#judge.local(read, settings.settings));
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
    this.#bundles.deploy(uri, noDeployments);
    this.#local.delete(uri);
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

  /** Brings files to their roles where deployments may apply other folders as they are than before. */
  #reapply(): void {
    const before = this.#applied;
    this.#applied = this.#bundles.applied();
    if (before === this.#applied || before.generated.size + this.#applied.generated.size === 0) return;
    this.#reread(() => true);
  }

  /** Reads files again whose role has changed. */
  #reread(which: (file: FileFacts) => boolean): void {
    for (const file of [...this.#files.values()])
      if (which(file) && this.#roleOf(file.uri) !== file.role) this.#put(file.uri, file.text);
  }

  #touch(key: string): void {
    for (const uri of this.#askers.of(key)) this.#outdate(uri);
  }

  /** Outdates the linked findings of all files that asked for a key which has changed. */
  #spread(): void {
    this.#reapply();
    for (const key of this.#lookup.takeChanged()) this.#touch(key);
  }

  /** What has asked is a file or a bundle. */
  #outdate(uri: string): void {
    this.#forget(uri);
    if (!this.#bundles.outdate(uri)) this.#stale.add(uri);
  }

  #forget(uri: string): void {
    this.#askers.delete(uri);
    this.#linked.delete(uri);
  }

  #read({ uri, text, role, settings }: FileFacts): ManifestFile {
    return readFile(uri, text, role, settings.settings.namespace || undefined);
  }

  #localOf(file: FileFacts): readonly Finding[] {
    const config = this.#configuration.read(file.uri);
    if (config) return this.#judge.config(config);
    const known = this.#local.get(file.uri) ?? this.#judge.local(this.#read(file), file.settings.settings);
    this.#local.set(file.uri, known);
    return known;
  }

  #settleLocal(uri: string): readonly Finding[] {
    const file = this.#files.get(uri);
    return file ? settle(file, inOrder(this.#localOf(file)), this.#baselineOf(file), undefined).left : [];
  }

  #settle(uri: string, answers: Sharing['answers']): Settled {
    const file = this.#files.get(uri);
    if (!file) return { left: [], known: [] };
    const rendered = joinFindings(this.#bundles.findings(uri), (other) => this.#bundles.of(other), this.#environment);
    const linked = file.role === 'plain' ? (this.#linked.get(uri) ?? this.#link(file, answers)) : [];
    const isJudged = file.role === 'plain' || this.#bundles.of(uri).length > 0;
    return settle(
      file,
      inOrder([...this.#localOf(file), ...linked, ...rendered]),
      this.#baselineOf(file),
      isJudged && !file.unreadable ? (ignores) => this.#judge.ignores(uri, ignores) : undefined,
    );
  }

  #baselineOf({ settings: { baseline } }: FileFacts): Baseline | undefined {
    return baseline === undefined ? undefined : this.#baselines.get(baseline);
  }

  #link(file: FileFacts, answers: Sharing['answers']): readonly Finding[] {
    const asked = new Set<string>();
    const sharing = { reader: file.uri, answers };
    const links = createLinks(this.#lookup, this.#asFiles(), (key) => asked.add(key), sharing);
    const findings = file.resources.flatMap((resource) => this.#judge.linked(resource, links, file.settings.settings));
    this.#linked.set(file.uri, findings);
    this.#askers.set(file.uri, asked);
    return findings;
  }
}

/** One answer for each question: a snapshot is of one state. */
function remembered<T, R>(answer: (question: T) => R): (question: T) => R {
  const known = new Map<T, R>();
  return (question) => {
    const found = known.get(question) ?? answer(question);
    known.set(question, found);
    return found;
  };
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.at.start - b.at.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}
