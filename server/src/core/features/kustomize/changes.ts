/** What a place of a kustomization brings, changes or patches, told by the places that values remember. */
import type { Build, BuiltResource } from '../../bundle/kustomize/build';
import type { Patched } from '../../bundle/kustomize/context';
import { idOf, showId } from '../../bundle/kustomize/identity';
import { spansOf } from '../../bundle/kustomize/made';
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { isKustomization } from '../../bundle/role';
import { folderOf } from '../../bundle/directory';
import type { Scalar, Span, Value } from '../../value';
import type { Snapshot } from '../../workspace';
import { shownBundle, shownBundles } from '../../world';
import { fileOf } from './file';

/** An object, for people: `Deployment web`, and its place. */
export interface Named {
  readonly object: string;
  readonly at: Span;
}

/** What is built with a file: the bundle that is shown for it, else what the kustomization builds by itself. */
export function buildAround(snapshot: Snapshot, uri: string): Build | undefined {
  const bundle = shownBundle(snapshot, uri);
  if (bundle) return snapshot.render(bundle);
  return isKustomization(uri) ? snapshot.build(folderOf(uri)) : undefined;
}

/** That, and all that objects in the file apply. */
export function buildsAround(snapshot: Snapshot, uri: string): Build[] {
  const bundles = shownBundles(snapshot, uri);
  const build = bundles.length < 2 ? buildAround(snapshot, uri) : undefined;
  return bundles.length < 2 ? (build ? [build] : []) : bundles.map((bundle) => snapshot.render(bundle));
}

function named({ tree, source }: BuiltResource): Named {
  return { object: showId({ ...idOf(tree), namespace: '' }), at: source };
}

/** The objects that a path adds: those of a file, or what a folder builds. */
export function broughtBy(snapshot: Snapshot, path: Pick<WrittenPath, 'uri'>): Named[] {
  const file = fileOf(snapshot, path);
  if (file === undefined) return [];
  if (isKustomization(file)) return snapshot.build(folderOf(file)).resources.map(named);
  return (snapshot.file(file)?.resources ?? []).map(({ kind, name, at }) => ({
    object: `${kind} ${name ?? ''}`.trim(),
    at,
  }));
}

/** The objects of which some value comes from, or was changed by, a place that holds. */
export function touchedBy(build: Build, holds: (span: Span) => boolean): Named[] {
  return build.resources.filter(({ tree }) => remembers(tree, holds)).map(named);
}

function remembers(value: Value, holds: (span: Span) => boolean): boolean {
  if (spansOf(value.origin).some(holds)) return true;
  if (value.type === 'list') return value.items.some((item) => remembers(item, holds));
  return (
    value.type === 'map' &&
    value.entries.some((entry) => spansOf(entry.key.origin).some(holds) || remembers(entry.value, holds))
  );
}

/** What patches at a place are applied to; a place is an entry of `patches`, or lies in the patch itself. */
export function patchedBy(build: Build, holds: (span: Span) => boolean): Patched[] {
  return unique(
    build.patched.filter(({ by, patch }) => holds(by) || holds(patch)),
    ({ source }) => source,
  );
}

/** The scalars of the result that come from a place, or were changed or replaced by it, each with the other places. */
export function twinsOf(build: Build, holds: (span: Span) => boolean): { readonly from: Span; readonly to: Span[] }[] {
  return build.resources.flatMap(({ tree }) =>
    scalarsIn(tree).flatMap(({ origin }) => {
      const spans = origin.via === undefined ? [] : spansOf(origin);
      const from = spans.find(holds);
      return from ? [{ from, to: spans.filter((span) => span !== from) }] : [];
    }),
  );
}

function scalarsIn(value: Value): Scalar[] {
  if (value.type === 'scalar') return [value];
  if (value.type === 'list') return value.items.flatMap(scalarsIn);
  return value.entries.flatMap((entry) => scalarsIn(entry.value));
}

/** The first item for each place. */
export function unique<T>(items: readonly T[], placeOf: (item: T) => Span): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const { uri, start, end } = placeOf(item);
    const key = `${uri} ${start} ${end}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** True where the first span lies in the second. */
export function isInside({ uri, start, end }: Span, around: Span): boolean {
  return uri === around.uri && start >= around.start && end <= around.end;
}
