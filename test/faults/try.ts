/** Tries one break: changes the text, asks for findings, and changes it back. */
import type { Finding, Resource, Snapshot, Workspace } from '../../server/src/core/index';
import { lineOf, plainText } from '../../server/src/core/index';
import type { Break, Kind } from './breaks';

export type Result = 'found' | 'information' | 'missed';

export interface Trial {
  readonly kind: Kind;
  readonly uri: string;
  readonly line: number;
  readonly change: string;
  readonly result: Result;
  /** What it said, or why it did not; undefined where nothing explains it. */
  readonly words: string | undefined;
  /** Findings that have nothing to do with the break. */
  readonly extra: readonly string[];
}

/** Findings of a file before anything is broken, by rule, level and line. */
export type Before = ReadonlyMap<string, ReadonlySet<string>>;

export function findingsBefore(snapshot: Snapshot): Before {
  return new Map(
    [...snapshot.uris()].map((uri) => [uri, new Set(snapshot.findings(uri).map((item) => keyOf(snapshot, item)))]),
  );
}

export function tryBreak(workspace: Workspace, before: Before, item: Break): Trial {
  const { uri } = item.resource;
  const { origin, text: old } = item.at;
  const snapshot = workspace.snapshot();
  const text = snapshot.file(uri)?.text ?? '';
  const line = lineOf(snapshot, origin);
  const raw = text.slice(origin.start, origin.end);
  workspace.set(uri, text.slice(0, origin.start) + raw.replace(old, () => item.newText) + text.slice(origin.end));
  const now = workspace.snapshot();
  const fresh = workspace
    .takeStale()
    .flatMap((file) => now.findings(file).filter((finding) => !before.get(file)?.has(keyOf(now, finding))));
  const trial = judge(now, item, line, fresh);
  workspace.set(uri, text);
  const restored = workspace.snapshot();
  for (const file of workspace.takeStale()) restored.findings(file);
  return trial;
}

function judge(now: Snapshot, item: Break, line: number, fresh: readonly Finding[]): Trial {
  const { uri } = item.resource;
  const about = fresh.filter((finding) => isAbout(now, finding, item, line));
  const grave = (finding: Finding) => finding.level === 'error' || finding.level === 'warning';
  const [best] = [
    ...about.filter(({ rule }) => rule === item.kind),
    ...about.filter(grave),
    ...about.filter(({ level }) => level === 'information'),
  ];
  const isFound = best !== undefined && (grave(best) || best.rule === item.kind);
  const result: Result = best === undefined ? 'missed' : isFound ? 'found' : 'information';
  const broken = now.file(uri)?.resources[item.resource.index];
  const show = (file: string) => file.slice(file.lastIndexOf('/') + 1);
  const says = (finding: Finding) => `${finding.level} ${finding.rule}: ${plainText(finding.message, now, show)}`;
  return {
    kind: item.kind,
    uri,
    line,
    change: `${item.at.text} -> ${item.newText}`,
    result,
    words: best
      ? `${says(best)}${result === 'information' ? ` (${whyUnsure(item)})` : ''}`
      : broken && (unreadable(now, broken) ?? item.excuse(now, broken)),
    extra: fresh.filter((finding) => grave(finding) && !about.includes(finding)).map(says),
  };
}

/** Why what is not found may well be somewhere else. */
function whyUnsure({ resource, partners }: Break): string {
  const folder = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));
  const beside = partners.filter((partner) => folder(partner.uri) === folder(resource.uri));
  if (beside.length > 0) return 'others use the other end too';
  const isNamed = resource.namespace !== undefined;
  return `the other end is in another folder${isNamed ? ', and others use it too' : ', and no namespace joins them'}`;
}

/** What cannot be found may stand in a document that does not parse, so nothing is said. */
function unreadable({ links }: Snapshot, broken: Resource): string | undefined {
  return links.hasUnreadable(broken) ? 'a document of the folder cannot be read' : undefined;
}

/** The rules that say what policies keep from arriving. */
const ofTraffic: ReadonlySet<string> = new Set([
  'address-blocked',
  'policy-blocks-dns',
  'policy-blocks-route',
  'route-leads-nowhere',
]);

/** It stands on the broken line, in the broken object, or in one that traffic passes with it. */
function isAbout(
  now: Snapshot,
  { rule, at, related }: Finding,
  { kind, resource, partners }: Break,
  line: number,
): boolean {
  const isBrokenLine = (span: Finding['at']) => span.uri === resource.uri && lineOf(now, span) === line;
  // A quote that is not closed ends at the next one, so that another is.
  if (rule === 'manifest-unreadable' && kind === rule && at.uri === resource.uri) return true;
  // What a policy lets through may be anywhere.
  if (resource.policy && ofTraffic.has(rule)) return true;
  if (isBrokenLine(at) || related.some((item) => isBrokenLine(item.at))) return true;
  return [resource, ...partners].some(
    // A slip moves what follows in its file by a letter or two.
    (other) => other.uri === at.uri && other.at.start - 2 <= at.start && at.end <= other.at.end + 2,
  );
}

function keyOf(snapshot: Snapshot, finding: Finding): string {
  return `${finding.rule} ${finding.level} ${lineOf(snapshot, finding.at)}`;
}
