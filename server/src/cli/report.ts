/** What `podpath check` says, as plain data: its JSON, and what the other formats are made from. */
import type { Finding, Level, Resource, Span } from '../core/index';
import { asWritten, environmentName, plainText, positionAt } from '../core/index';
import type { Loaded, Unread } from './load';
import { chosenFindings } from './worlds';

/** Counted from 1, columns in UTF-16 units. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** `end` is exclusive. */
export interface Range {
  readonly start: Place;
  readonly end: Place;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Level;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  readonly path?: string;
  readonly resource?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly bundles: readonly string[];
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    /** `--fix` applies it. */
    readonly safe: boolean;
    readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  }[];
}

export interface Report {
  readonly version: 1;
  readonly findings: readonly ReportedFinding[];
  readonly summary: {
    readonly files: number;
    readonly resources: number;
    readonly bundles: number;
    readonly errors: number;
    readonly warnings: number;
    readonly information: number;
    readonly hints: number;
    /** Findings that a baseline knows; absent where there are none. */
    readonly known?: number;
  };
}

/** The rule that a file which cannot be read is reported under, as are documents that do not parse. */
const unreadable = 'manifest-unreadable';

/** What is found in PATH, or with `--bundle` in what is applied from there. */
export function reportOf(loaded: Loaded): Report {
  const { snapshot, unread, show } = loaded;
  const { uris, bundles, isReported } = chosenFindings(loaded);
  const findings = [
    ...unread.flatMap((item) => unreadFinding(item, loaded)),
    ...uris.flatMap((uri) =>
      snapshot
        .findings(uri)
        .filter(isReported)
        .map((finding) => reportFinding(finding, loaded)),
    ),
  ];
  const order = new Map(
    [...uris, ...unread.map(({ uri }) => uri)]
      .map(show)
      .sort()
      .map((file, index) => [file, index]),
  );
  findings.sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0));
  const withFindings = new Set(findings.map((finding) => finding.file));
  // A file of a base is checked in the bundles that are made of it, chosen or not.
  const isSource = (uri: string) => snapshot.bundlesOf(uri).some(({ reads }) => reads.has(uri));
  const madeOf = (uri: string) => snapshot.bundlesOf(uri)[0]?.resources.filter(({ at }) => at.uri === uri).length ?? 0;
  const manifests = uris.filter(
    (uri) =>
      snapshot.file(uri)?.role === 'plain' &&
      !isSource(uri) &&
      ((snapshot.file(uri)?.resources.length ?? 0) > 0 || withFindings.has(show(uri))),
  );
  const sources = uris.filter(isSource);
  const known = uris.reduce((sum, uri) => sum + snapshot.known(uri).filter(isReported).length, 0);
  const count = (level: Level) => findings.filter((finding) => finding.severity === level).length;
  return {
    version: 1,
    findings,
    summary: {
      files: manifests.length + sources.length + unread.length,
      resources:
        manifests.reduce((sum, uri) => sum + (snapshot.file(uri)?.resources.length ?? 0), 0) +
        (bundles.length > 0
          ? bundles.reduce((sum, { resources }) => sum + resources.length, 0)
          : sources.reduce((sum, uri) => sum + madeOf(uri), 0)),
      bundles: new Set(manifests.map((uri) => loaded.bundleOf(uri))).size + bundles.length,
      errors: count('error'),
      warnings: count('warning'),
      information: count('information'),
      hints: count('hint'),
      ...(known > 0 ? { known } : {}),
    },
  };
}

function unreadFinding({ uri, message, kind }: Unread, { snapshot, show, bundleOf }: Loaded): ReportedFinding[] {
  const start = { line: 1, column: 1 };
  const severity = snapshot.settingsOf(uri).rules[unreadable] ?? (kind === 'failed' ? 'error' : 'information');
  if (severity === 'off') return [];
  return [
    {
      rule: unreadable,
      severity,
      message: `${show(uri)} ${message}`,
      file: show(uri),
      range: { start, end: start },
      bundles: [bundleOf(uri)],
      related: [],
      fixes: [],
    },
  ];
}

function reportFinding(finding: Finding, { snapshot, show, bundleOf }: Loaded): ReportedFinding {
  const words = (text: Finding['message']) => plainText(text, snapshot, show);
  const place = (at: Span) => ({ file: show(at.uri), range: rangeOf(at, snapshot.lines(at.uri)) });
  return {
    rule: finding.rule,
    severity: finding.level,
    message: words(finding.message),
    ...place(finding.at),
    ...(finding.path === undefined ? {} : { path: finding.path }),
    ...(finding.resource ? { resource: resourceOf(finding.resource) } : {}),
    bundles: finding.bundles?.map((bundle) => environmentName(bundle, show)) ?? [bundleOf(finding.at.uri)],
    related: finding.related.map(({ at, message }) => ({ ...place(at), message: words(message) })),
    fixes: finding.fixes.map(({ title, safe, edits }) => ({
      title,
      safe: safe === true,
      edits: edits.map((edit) => asWritten(edit, snapshot)).map(({ at, newText }) => ({ ...place(at), newText })),
    })),
  };
}

function resourceOf({ apiVersion, kind, namespace, name }: Resource) {
  return {
    apiVersion,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

export function rangeOf(at: Span, lines: readonly number[]): Range {
  const place = (offset: number) => {
    const { line, character } = positionAt(lines, offset);
    return { line: line + 1, column: character + 1 };
  };
  return { start: place(at.start), end: place(at.end) };
}
