/** One state of the workspace, made to be asked. */
import type { ManifestFile } from './bundle/file';
import type { Bundles } from './bundles';
import type { Baseline } from './config/baseline';
import type { Configuration, FileSettings } from './config/configuration';
import type { FileFindings } from './file-findings';
import type { FileStore } from './file-store';
import type { Sharing } from './linking';
import type { Links } from './links';
import { dispatched } from './links';
import type { Ask } from './lookup';
import type { Resource } from './resource';
import type { FileFacts, Snapshot } from './snapshot';

/** The workspace behind a snapshot. */
export interface SnapshotSource {
  readonly files: FileStore;
  readonly bundles: Bundles;
  readonly findings: FileFindings;
  readonly configuration: Configuration;
  readonly baselines: ReadonlyMap<string, Baseline>;
  readonly environment: string | undefined;
  settingsOf(uri: string): FileSettings;
  read(file: FileFacts): ManifestFile;
  /** Links of the plain files. */
  links(ask: Ask): Links;
}

/** The snapshot answers as long as it `isCurrent`, and throws from then on. */
export function createSnapshot(source: SnapshotSource, isCurrent: (snapshot: Snapshot) => boolean): Snapshot {
  const { files, bundles, findings, configuration, baselines, environment } = source;
  const current = () => {
    if (!isCurrent(snapshot)) throw new Error('this snapshot is outdated: the workspace has changed since');
  };
  // Every question is told to `current`, so links are outdated with the snapshot that they belong to.
  const plain = source.links(current);
  const linksOf = remembered((uri: string): Links => {
    const bundle = bundles.get(uri);
    return bundle ? bundles.links(bundle, current) : plain;
  });
  const answers: Sharing['answers'] = new Map();
  const settled = remembered((uri: string) => findings.settled(uri, answers));
  const snapshot: Snapshot = {
    settingsOf: (uri) => (current(), source.settingsOf(uri).settings),
    config: (uri) => (current(), configuration.read(uri)),
    configOf: (uri) => (current(), configuration.nearest(uri)),
    baselineOf: (uri) => (current(), source.settingsOf(uri).baseline),
    baseline: (uri) => (current(), baselines.get(uri)),
    environment,
    uris: () => (current(), files.uris()),
    file: (uri) => (current(), files.get(uri)),
    links: dispatched(plain, ({ uri }: Resource) => linksOf(uri)),
    bundles: () => (current(), bundles.all()),
    bundlesOf: (uri) => (current(), bundles.of(uri)),
    render: remembered((bundle) => (current(), bundles.render(bundle))),
    build: remembered((folder) => (current(), bundles.build(folder))),
    findings: (uri) => (current(), settled(uri).left),
    known: (uri) => (current(), settled(uri).known),
    local: (uri) => (current(), findings.local(uri)),
    read: (uri) => {
      current();
      const file = files.get(uri);
      return file && source.read(file);
    },
    lines: (uri) => (current(), files.lines(uri)),
  };
  return snapshot;
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
