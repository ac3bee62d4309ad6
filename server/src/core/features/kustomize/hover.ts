/** Cards of a kustomization: what a path brings, and what a field changes. */
import { folderOf } from '../../bundle/directory';
import type { Build } from '../../bundle/kustomize/build';
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { namesOf } from '../../bundle-findings';
import type { Text } from '../../finding';
import { say } from '../../finding';
import type { Entry, Scalar, Span, Value } from '../../value';
import type { Snapshot } from '../../workspace';
import { shownBundle } from '../../world';
import { code, count, plain, some } from '../markdown';
import type { Named } from './changes';
import { broughtBy, buildAround, isInside, patchedBy, touchedBy, unique } from './changes';
import { appliedPathsAt } from './deployments';
import type { KustomizationFile } from './file';
import { componentPathAt, fileOf, kustomizationFile, pathAt } from './file';

/** Objects that a card names; more are counted by kind. */
const MAX_NAMED = 5;
const MAX_KINDS = 8;
/** Folders that one path of an ApplicationSet stands for; more are counted. */
const MAX_APPLIED = 5;

interface Card {
  readonly span: Span;
  readonly lines: readonly Text[];
}

/** The card of a place in a kustomization; undefined where it brings and changes nothing. */
export function kustomizationCard(snapshot: Snapshot, uri: string, offset: number): Card | undefined {
  const file = kustomizationFile(snapshot, uri);
  if (!file) return appliedCard(snapshot, uri, offset);
  const path = pathAt(file, offset);
  return path ? pathCard(snapshot, file, path) : fieldCard(snapshot, file, offset);
}

/** The path of an object of Flux or Argo CD brings what it applies. */
function appliedCard(snapshot: Snapshot, uri: string, offset: number): Card | undefined {
  const component = componentPathAt(snapshot, uri, offset);
  if (component)
    return { span: component.at, lines: [brings(snapshot, component, () => snapshot.render(component.bundle))] };
  const applied = appliedPathsAt(snapshot, uri, offset);
  const [first] = applied;
  if (!first) return undefined;
  const lines = applied.map(({ bundle }) => {
    const found = bundle.resources.map(({ kind, name, at }) => ({ object: `${kind} ${name ?? ''}`.trim(), at }));
    const by = applied.length > 1 ? ` (${plain(bundle.deployment?.title ?? '')})` : '';
    return say`${code(bundle.deployment?.path.text ?? '')}${by}: ${objects(found)}`;
  });
  const more = lines.length - MAX_APPLIED;
  return { span: first.at, lines: [...lines.slice(0, MAX_APPLIED), ...(more > 0 ? [say`and ${more} more`] : [])] };
}

/** True inside a patch or another object that is written in the kustomization. */
export function isInline(snapshot: Snapshot, uri: string, offset: number): boolean {
  const file = kustomizationFile(snapshot, uri);
  const at = file && scalarAt(file.tree, offset);
  return at?.text.includes('\n') === true;
}

function scalarAt(value: Value, offset: number): Scalar | undefined {
  if (!holds(value.origin, offset)) return undefined;
  if (value.type === 'scalar') return value;
  const children = value.type === 'list' ? value.items : value.entries.map((entry) => entry.value);
  return children.map((child) => scalarAt(child, offset)).find((found) => found !== undefined);
}

function pathCard(snapshot: Snapshot, file: KustomizationFile, path: WrittenPath): Card | undefined {
  const target = fileOf(snapshot, path);
  const build = buildAround(snapshot, file.uri);
  if (target === undefined || !build) return undefined;
  const card = (line: Text): Card => ({ span: path.at, lines: [line] });
  const head = code(path.text);
  if (adds(path)) return card(brings(snapshot, path, () => build));
  if (path.use === 'patch') {
    const found = patchedBy(build, (span) => span.uri === target || same(span, path.at));
    const patched = found.map(({ object, source }) => ({ object, at: source }));
    return card(say`${head} patches ${objects(patched)}${within(snapshot, file)}`);
  }
  const touched = touchedBy(build, (span) => span.uri === target);
  return touched.length > 0 ? card(say`${head} goes into ${objects(touched)}${within(snapshot, file)}`) : undefined;
}

/** The objects of a path; a Component without any is told by what it changes. */
function brings(snapshot: Snapshot, path: WrittenPath, build: () => Build): Text {
  const found = broughtBy(snapshot, path);
  const file = path.use === 'component' && found.length === 0 ? fileOf(snapshot, path) : undefined;
  const touched = file === undefined ? [] : touchedBy(build(), (span) => folderOf(span.uri) === folderOf(file));
  const head = code(path.text);
  return touched.length > 0 ? say`${head} changes ${objects(touched)}` : say`${head}: ${objects(found)}`;
}

const adds = ({ field }: WrittenPath) => field === 'resources' || field === 'bases' || field === 'components';

const same = (a: Span, b: Span) => a.uri === b.uri && a.start === b.start && a.end === b.end;

/** Fields that do nothing to objects by themselves. */
const silent: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'openapi',
  'crds',
  'configurations',
  'generatorOptions',
  'sortOptions',
  'buildMetadata',
  'helmCharts',
  'helmGlobals',
  'helmChartInflationGenerator',
]);

function fieldCard(snapshot: Snapshot, file: KustomizationFile, offset: number): Card | undefined {
  const field = file.tree.entries.find(({ key, value }) => key.origin.start <= offset && offset <= value.origin.end);
  const build = buildAround(snapshot, file.uri);
  if (!field || !build || silent.has(field.key.text)) return undefined;
  const name = field.key.text;
  const own = file.paths.filter((path) => path.field === name);
  if (own.some(adds)) {
    if (!holds(field.key.origin, offset)) return undefined;
    const all = unique(
      own.flatMap((path) => broughtBy(snapshot, path)),
      ({ at }) => at,
    );
    return { span: field.key.origin, lines: [say`**${plain(name)}**: ${objects(all)}`] };
  }
  const part = partAt(field, offset);
  // A patch in a file has its places there, and its entry here.
  const files = new Set(own.filter(({ at }) => holds(part, at.start)).flatMap((path) => fileOf(snapshot, path) ?? []));
  const isIn = (span: Span) => files.has(span.uri) || (span.uri === part.uri && isInside(span, part));
  const found = unique(
    [
      ...patchedBy(build, (span) => isInside(span, part)).map(({ object, source }) => ({ object, at: source })),
      ...touchedBy(build, isIn),
    ],
    ({ at }) => at,
  );
  const words = name.endsWith('Generator') ? generated(found, part) : say`changes ${objects(found)}`;
  return { span: part, lines: [say`**${plain(name)}** ${words}${within(snapshot, file)}`] };
}

/** What a generator adds has its source there; what it merges with, and what refers to it by name, has not. */
function generated(found: readonly Named[], part: Span): Text {
  const made = found.filter(({ at }) => isInside(at, part));
  const changed = found.filter(({ at }) => !isInside(at, part));
  if (changed.length === 0) return say`makes ${objects(made)}`;
  return made.length === 0
    ? say`changes ${objects(changed)}`
    : say`makes ${objects(made)}, and changes ${objects(changed)}`;
}

/** The item of a list or the pair of a map that holds the offset; the whole field where the cursor is on its name. */
function partAt({ key, value }: Entry, offset: number): Span {
  const whole = { uri: key.origin.uri, start: key.origin.start, end: value.origin.end };
  if (holds(key.origin, offset)) return whole;
  const parts: Span[] =
    value.type === 'list'
      ? value.items.map((item: Value) => item.origin)
      : value.type === 'map'
        ? value.entries.map((pair) => ({ ...pair.key.origin, end: pair.value.origin.end }))
        : [];
  return parts.find((part) => holds(part, offset)) ?? whole;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** `2 objects: Deployment web and Service web`, each a link; of many `61 objects: Service ×8, Deployment ×7 and 46 others`. */
function objects(found: readonly Named[]): Text {
  if (found.length === 0) return ['nothing here'];
  if (found.length > MAX_NAMED) return say`${count(found.length, 'object')}: ${kindCounts(found)}`;
  return say`${count(found.length, 'object')}: ${some(found.map(({ object, at }) => [{ place: at, label: plain(object) }]))}`;
}

/** The most frequent kinds first. */
function kindCounts(found: readonly Named[]): string {
  const counts = new Map<string, number>();
  for (const { object } of found) {
    const kind = object.split(' ')[0] ?? object;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const all = [...counts].sort(([, a], [, b]) => b - a);
  const shown = all.slice(0, MAX_KINDS);
  const others = all.slice(MAX_KINDS).reduce((sum, [, number]) => sum + number, 0);
  const words = shown.map(([kind, number]) => `${plain(kind)}${number === 1 ? '' : ` ×${number}`}`);
  return others === 0 ? words.join(', ') : `${words.join(', ')} and ${count(others, 'other')}`;
}

/** Which bundle is meant, where there are several. */
function within(snapshot: Snapshot, { uri }: KustomizationFile): Text {
  const bundle = shownBundle(snapshot, uri);
  if (!bundle || snapshot.bundlesOf(uri).length < 2) return [];
  return say` in ${plain(namesOf(snapshot.bundles()).get(bundle) ?? '')}`;
}
