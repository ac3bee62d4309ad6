/** What is found in each file: judged when asked for, kept until something that it depends on changes. */
import type { ManifestFile } from './bundle/file';
import { joinFindings } from './bundle-findings';
import type { Askers } from './askers';
import type { Bundles } from './bundles';
import type { Baseline } from './config/baseline';
import type { ReadConfig } from './config/read';
import type { Finding } from './finding';
import type { Judge } from './judge';
import type { Sharing } from './linking';
import type { Links } from './links';
import type { Ask } from './lookup';
import type { FileFacts } from './snapshot';
import type { Settled } from './suppression/settle';
import { settle } from './suppression/settle';

/** What the findings of files are made from. */
export interface Judged {
  readonly judge: Judge;
  readonly bundles: Bundles;
  /** What the linked findings of files depend on. */
  readonly askers: Askers;
  readonly file: (uri: string) => FileFacts | undefined;
  readonly read: (file: FileFacts) => ManifestFile;
  readonly config: (uri: string) => ReadConfig | undefined;
  readonly baselineOf: (file: FileFacts) => Baseline | undefined;
  readonly environment: () => string | undefined;
  readonly linksFor: (ask: Ask, sharing: Sharing) => Links;
}

export interface FileFindings {
  /** Judges what a file that has just been read decides alone. */
  take(file: FileFacts, read: ManifestFile): void;
  /** All that a file decided alone is to be judged again. */
  forgetLocal(uri: string): void;
  /** What the links of a file decided is to be judged again. */
  forgetLinked(uri: string): void;
  /** All findings of a file; `answers` are those of this state of the workspace. */
  settled(uri: string, answers: Sharing['answers']): Settled;
  /** Findings that a file alone decides. */
  local(uri: string): readonly Finding[];
}

export function createFileFindings({
  judge,
  bundles,
  askers,
  file: fileOf,
  read,
  config: configOf,
  baselineOf,
  environment,
  linksFor,
}: Judged): FileFindings {
  /** Of the files that were judged since their settings changed. */
  const alone = new Map<string, readonly Finding[]>();
  const linked = new Map<string, readonly Finding[]>();

  function localOf(file: FileFacts): readonly Finding[] {
    const config = configOf(file.uri);
    if (config) return judge.config(config);
    const known = alone.get(file.uri) ?? judge.local(read(file), file.settings.settings);
    alone.set(file.uri, known);
    return known;
  }

  function linkedOf(file: FileFacts, answers: Sharing['answers']): readonly Finding[] {
    const known = linked.get(file.uri);
    if (known) return known;
    const asked = new Set<string>();
    const links = linksFor((key) => asked.add(key), { reader: file.uri, answers });
    const findings = file.resources.flatMap((resource) => judge.linked(resource, links, file.settings.settings));
    linked.set(file.uri, findings);
    askers.set(file.uri, asked);
    return findings;
  }

  return {
    take(file, read) {
      if (file.role !== 'config') alone.set(file.uri, judge.local(read, file.settings.settings));
    },
    forgetLocal(uri) {
      alone.delete(uri);
    },
    forgetLinked(uri) {
      askers.delete(uri);
      linked.delete(uri);
    },
    settled(uri, answers) {
      const file = fileOf(uri);
      if (!file) return { left: [], known: [] };
      const ofLinks = file.role === 'plain' ? linkedOf(file, answers) : [];
      const rendered = joinFindings(bundles.findings(uri), (other) => bundles.of(other), environment());
      const isJudged = file.role === 'plain' || bundles.of(uri).length > 0;
      return settle(
        file,
        inOrder([...localOf(file), ...ofLinks, ...rendered]),
        baselineOf(file),
        isJudged && !file.unreadable ? (ignores) => judge.ignores(uri, ignores, file.settings.settings) : undefined,
      );
    },
    local(uri) {
      const file = fileOf(uri);
      return file ? settle(file, inOrder(localOf(file)), baselineOf(file), undefined).left : [];
    },
  };
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.at.start - b.at.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
}
