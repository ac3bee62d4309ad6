/** The one mutable object: files in, snapshots out. Everything else is a function of a snapshot. */
import { createAskers } from './askers';
import { createCharts } from './bundle/charts';
import { deploymentsIn, noDeployments } from './bundle/deployment';
import { folderOf } from './bundle/directory';
import type { ManifestFile } from './bundle/file';
import { readFile } from './bundle/file';
import type { Roots } from './bundle/roots';
import { isWithin, noRoots } from './bundle/roots';
import { createOwners } from './bundle/owners';
import type { Named, Role } from './bundle/role';
import { isChart, isKustomization, namedBy } from './bundle/role';
import type { Bundles } from './bundles';
import { createBundles } from './bundles';
import { createSnapshot } from './create-snapshot';
import type { Baseline } from './config/baseline';
import { isBaseline, takeBaseline } from './config/baseline';
import type { FileSettings } from './config/configuration';
import { createConfiguration, difference } from './config/configuration';
import { isConfig } from './config/read';
import type { FileFindings } from './file-findings';
import { createFileFindings } from './file-findings';
import { createFileStore, factsOf } from './file-store';
import type { Judge } from './judge';
import { keysOf } from './keys';
import type { Files } from './links';
import { unreadableKey } from './links';
import { createLinks } from './linking';
import { createLookup } from './lookup';
import type { Settings } from './settings';
import type { FileFacts, Snapshot } from './snapshot';

export type { FileFacts, Snapshot } from './snapshot';

export class Workspace {
  readonly #lookup = createLookup(keysOf);
  readonly #files = createFileStore();
  /** What the linked findings of files and bundles depend on. */
  readonly #askers = createAskers();
  readonly #owners = createOwners();
  readonly #charts = createCharts();
  /** Files that are known not to exist. */
  readonly #absent = new Set<string>();
  readonly #stale = new Set<string>();
  #roots: readonly string[] = [];
  readonly #configuration = createConfiguration();
  readonly #baselines = new Map<string, Baseline>();
  #environment: string | undefined;
  #snapshot: Snapshot | undefined;
  readonly #bundles: Bundles;
  readonly #findings: FileFindings;
  /** What the roles of files are based on: folders that a deployment applies as they are. */
  #applied: Roots = noRoots;

  constructor(judge: Judge) {
    this.#bundles = createBundles({
      judge,
      settings: (uri) => this.#settingsOf(uri).settings,
      textOf: (uri) => this.#files.get(uri)?.text,
      resourcesOf: (uri) => this.#files.get(uri)?.resources ?? [],
      rootOf: (uri) => this.#rootOf(uri),
      folders: () => this.#files.folders(),
      filesBelow: (folder) => this.#files.below(folder),
      outside: (ask) => createLinks(this.#lookup, this.#asFiles(), ask),
      asked: (id, keys) => this.#askers.set(id, keys),
    });
    this.#findings = createFileFindings({
      judge,
      bundles: this.#bundles,
      askers: this.#askers,
      file: (uri) => this.#files.get(uri),
      read: (file) => this.#read(file),
      config: (uri) => this.#configuration.read(uri),
      baselineOf: ({ settings: { baseline } }) => (baseline === undefined ? undefined : this.#baselines.get(baseline)),
      environment: () => this.#environment,
      linksFor: (ask, sharing) => createLinks(this.#lookup, this.#asFiles(), ask, sharing),
    });
  }

  /** The workspace folders, as URIs without a last slash. Files outside of them are worlds of their own folder. */
  setRoots(roots: readonly string[]): void {
    this.#roots = [...roots].sort((a, b) => b.length - a.length);
    for (const file of this.#files.all()) if (this.#rootOf(file.uri) !== file.root) this.set(file.uri, file.text);
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
    if (environment === this.#environment) return;
    this.#environment = environment;
    this.#snapshot = undefined;
    for (const uri of this.#bundles.reads()) this.#stale.add(uri);
  }

  /** Takes the text of a file, from an editor or from disk. */
  set(uri: string, text: string): void {
    this.#put(uri, text);
    this.#configure(uri, text);
    if (isKustomization(uri)) this.#reown(uri, namedBy(uri, text));
    if (isChart(uri) && this.#charts.set(uri, true)) this.#rereadBelow(folderOf(uri));
  }

  /** Takes note that a file is not there. */
  delete(uri: string): void {
    this.#remove(uri);
    this.#configure(uri, undefined);
    this.#absent.add(uri);
    if (isKustomization(uri)) this.#reown(uri, undefined);
    if (isChart(uri) && this.#charts.set(uri, false)) this.#rereadBelow(folderOf(uri));
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
    return (this.#snapshot ??= createSnapshot(
      {
        files: this.#files,
        bundles: this.#bundles,
        findings: this.#findings,
        configuration: this.#configuration,
        baselines: this.#baselines,
        environment: this.#environment,
        settingsOf: (uri) => this.#settingsOf(uri),
        read: (file) => this.#read(file),
        links: (ask) => createLinks(this.#lookup, this.#asFiles(), ask),
      },
      (snapshot) => this.#snapshot === snapshot,
    ));
  }

  #asFiles(): Files {
    return {
      rootOf: (uri) => this.#files.get(uri)?.root ?? folderOf(uri),
      resourcesOf: (uri) => this.#files.get(uri)?.resources ?? [],
      filesIn: (folder) => this.#files.in(folder),
      hasUnreadable: (folder) => this.#files.hasUnreadable(folder),
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
    if (takeBaseline(this.#baselines, uri, text))
      for (const file of this.#files.all()) if (file.settings.baseline === uri) this.#stale.add(file.uri);
  }

  /** Brings every file to the settings that hold for it now, and redoes no more than they ask for. */
  #reconfigure(): void {
    this.#snapshot = undefined;
    let isJudged = false;
    for (const file of this.#files.all()) {
      const settings = this.#configuration.of(file.uri, file.root);
      const change = difference(file.uri, file.settings, settings);
      if (change === 'none') continue;
      this.#stale.add(file.uri);
      isJudged ||= change !== 'shown';
      if (change === 'read') {
        this.#put(file.uri, file.text);
        continue;
      }
      this.#files.set({ ...file, settings });
      if (change === 'judged') {
        this.#findings.forgetLocal(file.uri);
        this.#findings.forgetLinked(file.uri);
      }
    }
    if (isJudged) this.#bundles.reset();
  }

  #roleOf(uri: string): Role {
    if (isConfig(uri)) return 'config';
    if (this.#configuration.of(uri, this.#rootOf(uri)).excludes(uri)) return 'excluded';
    if (isKustomization(uri)) return 'kustomization';
    if (this.#charts.isOwned(uri)) return 'chart';
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
    const file = factsOf(read, text, root, settings);
    this.#files.set(file);
    this.#bundles.deploy(uri, role === 'plain' || role === 'owned' ? deploymentsIn(uri, text) : noDeployments);
    this.#findings.take(file, read);
    for (const resource of file.resources) this.#lookup.add(resource, root);
    if (file.unreadable) this.#touch(unreadableKey(folderOf(uri)));
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
    this.#findings.forgetLocal(uri);
    this.#bundles.change(uri);
    this.#findings.forgetLinked(uri);
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
    for (const file of this.#files.all())
      if (which(file) && this.#roleOf(file.uri) !== file.role) this.#put(file.uri, file.text);
  }

  #rereadBelow(folder: string): void {
    this.#reread((file) => file.uri.startsWith(`${folder}/`));
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
    this.#findings.forgetLinked(uri);
    if (!this.#bundles.outdate(uri)) this.#stale.add(uri);
  }

  #read({ uri, text, role, settings }: FileFacts): ManifestFile {
    return readFile(uri, text, role, settings.settings.namespace || undefined);
  }
}
