/**
 * A baseline: findings that were there when Podpath was adopted, and are not shown until somebody gets to them. They are
 * known by rule, file, object, field and the text that is wrong, never by a line: what moves is still the same.
 */
import { folderOf } from '../bundle/directory';
import type { Finding } from '../finding';
import { pathBelow } from '../uri';

/** One known finding. `file` is relative to the baseline. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  /** `Service shop/web`, `Ingress.networking.k8s.io front`. */
  readonly resource?: string;
  /** Without the indices of lists. */
  readonly path?: string;
  /** The text that is wrong, in one line and cut. */
  readonly text: string;
  /** How often, where it is more than once. */
  readonly count?: number;
}

export interface Baseline {
  readonly uri: string;
  readonly entries: readonly BaselineEntry[];
}

const mark = 'podpathBaseline';

/** True for texts that may be a baseline. */
export function isBaseline(text: string): boolean {
  return text.startsWith('{') && text.slice(0, 200).includes(`"${mark}"`);
}

/** Undefined for what is no baseline. */
export function readBaseline(uri: string, text: string): Baseline | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMap(read) || read[mark] !== 1 || !Array.isArray(read['findings'])) return undefined;
  return { uri, entries: (read['findings'] as readonly unknown[]).filter(isEntry) };
}

/** A baseline as a file: one entry a line, in a stable order, so that changes are easy to review. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const counts = new Map<string, { entry: BaselineEntry; count: number }>();
  for (const entry of entries) {
    const key = keyOf(entry);
    counts.set(key, { entry, count: (counts.get(key)?.count ?? 0) + (entry.count ?? 1) });
  }
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { entry, count }]) => `    ${JSON.stringify({ ...entry, count: count > 1 ? count : undefined })}`);
  return `{\n  "${mark}": 1,\n  "findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
}

/** A finding as it would stand in the baseline at `baseline`; `text` is its file. */
export function entryOf(
  { rule, at, path, resource, knownAs = resource }: Finding,
  text: string,
  baseline: string,
): BaselineEntry {
  const { group, kind, namespace, name } = knownAs ?? {};
  const shown = [namespace, name].filter((part) => part !== undefined).join('/');
  const words = text
    .slice(at.start, Math.min(at.end, at.start + MAX_TEXT))
    .replace(/\s+/g, ' ')
    .trim();
  return {
    rule,
    file: relativePath(folderOf(baseline), at.uri),
    ...(kind === undefined ? {} : { resource: `${kind}${group ? `.${group}` : ''}${shown ? ` ${shown}` : ''}` }),
    ...(path === undefined ? {} : { path: path.replace(/\[\d+\]/g, '[]') }),
    text: words,
  };
}

const MAX_TEXT = 80;

/** The file of an entry, and the rest that makes two entries the same. */
export function keyOf({ rule, file, resource, path, text }: BaselineEntry): string {
  return JSON.stringify([file, rule, resource ?? '', path ?? '', text]);
}

/** Parts the findings of a file into those that a baseline knows and the others. Each entry stands for its count. */
export function partition(
  findings: readonly Finding[],
  text: string,
  baseline: Baseline,
): { readonly known: readonly Finding[]; readonly left: readonly Finding[] } {
  const counts = countsOf(baseline);
  const taken = new Map<string, number>();
  const known: Finding[] = [];
  const left: Finding[] = [];
  for (const finding of findings) {
    const key = keyOf(entryOf(finding, text, baseline.uri));
    const count = taken.get(key) ?? 0;
    if (count < (counts.get(key) ?? 0)) {
      taken.set(key, count + 1);
      known.push(finding);
    } else left.push(finding);
  }
  return { known, left };
}

/** Counted once a baseline: every file asks. */
const counted = new WeakMap<Baseline, ReadonlyMap<string, number>>();

function countsOf(baseline: Baseline): ReadonlyMap<string, number> {
  const known = counted.get(baseline);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const entry of baseline.entries) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + (entry.count ?? 1));
  counted.set(baseline, counts);
  return counts;
}

/** The path of a file as seen from a folder, with `..` where it lies beside. */
function relativePath(folder: string, uri: string): string {
  let up = '';
  let at = folder;
  while (!uri.startsWith(`${at}/`) && at !== '') {
    at = folderOf(at);
    up += '../';
  }
  return up + pathBelow(at, uri);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isMap(value)) return false;
  const { rule, file, text, resource, path, count } = value;
  return (
    [rule, file, text].every((part) => typeof part === 'string') &&
    [resource, path].every((part) => part === undefined || typeof part === 'string') &&
    (count === undefined || typeof count === 'number')
  );
}

/** Takes a file into the baselines by their URIs, or out of them; `text` is undefined when it is gone. True where one has changed. */
export function takeBaseline(baselines: Map<string, Baseline>, uri: string, text: string | undefined): boolean {
  const baseline = text !== undefined && isBaseline(text) ? readBaseline(uri, text) : undefined;
  if (!baseline) return baselines.delete(uri);
  baselines.set(uri, baseline);
  return true;
}
