/** From a path to its file, from a patch to what it patches and back, and from a base to who builds on it. */
import { isKustomization } from '../../bundle/role';
import type { Span } from '../../value';
import type { Snapshot } from '../../workspace';
import type { Definition } from '../definition';
import type { Target } from '../target';
import { buildsAround, patchedBy, twinsOf, unique } from './changes';
import { appliedPathsAt } from './deployments';
import { fileOf, writtenPathAt } from './file';
import { entryPlaces } from './named-objects';
import { overlayPaths, pathsTo } from './users';

type Place = Definition['to'][number];

const placeOf = (span: Span): Place => ({ at: span, name: span });
const start = (uri: string): Span => ({ uri, start: 0, end: 0 });

/** The file or kustomization that a path leads to. */
export function pathDefinition(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
  const path = writtenPathAt(snapshot, uri, offset);
  const file = path && fileOf(snapshot, path);
  if (path && file !== undefined) return { from: path.at, to: [placeOf(start(file))] };
  const applied = appliedPathsAt(snapshot, uri, offset);
  const [first] = applied;
  const to = applied.flatMap(({ bundle: { from, resources } }) =>
    snapshot.file(from) ? [placeOf(start(from))] : resources.map(({ at, nameAt }) => ({ at, name: nameAt })),
  );
  return first && to.length > 0 ? { from: first.at, to: unique(to, ({ name }) => name) } : undefined;
}

/** What the value under the cursor replaces or is replaced by; else the objects that the patch around it changes. */
export function patchDefinition(snapshot: Snapshot, uri: string, offset: number): Definition | undefined {
  const entry = entryPlaces(snapshot, uri, offset);
  if (entry) return entry;
  const builds = buildsAround(snapshot, uri);
  const holds = (span: Span) => span.uri === uri && span.start <= offset && offset <= span.end;
  const twins = builds.flatMap((build) => twinsOf(build, holds));
  const [twin] = twins;
  if (twin) return { from: twin.from, to: places(twins.flatMap(({ to }) => to)).map(placeOf) };
  const patched = unique(
    builds.flatMap((build) => patchedBy(build, holds)),
    ({ source }) => source,
  );
  if (patched.length === 0) return undefined;
  const from = wordAt(snapshot.file(uri)?.text ?? '', uri, offset);
  return { from, to: patched.map(({ source, name }) => ({ at: source, name })) };
}

const places = (spans: readonly Span[]) => unique(spans, (span) => span);

function wordAt(text: string, uri: string, offset: number): Span {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\w.-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { uri, start: offset - before, end: offset + after };
}

/** Kustomizations that name the file that a path leads to; anywhere else in a kustomization those that name it. */
export function kustomizationReferences(snapshot: Snapshot, uri: string, offset: number): readonly Span[] {
  const path = writtenPathAt(snapshot, uri, offset);
  const file = path ? fileOf(snapshot, path) : isKustomization(uri) ? uri : undefined;
  return file === undefined ? [] : places([...pathsTo(snapshot, file), ...overlayPaths(snapshot, file)]);
}

/** For the name of an object: the patches that touch it in any bundle, and the overlays that build it. */
export function patchReferences(snapshot: Snapshot, target: Target): readonly Span[] {
  if (target.type !== 'resource') return [];
  return places([...patchesOf(snapshot, target), ...overlayPaths(snapshot, target.resource.at.uri)]);
}

/** The first line of each patch that is applied to an object in any bundle. */
export function patchesOf(snapshot: Snapshot, { resource }: Pick<Target, 'resource'>): Span[] {
  const { at } = resource;
  const patched = snapshot.bundlesOf(at.uri).flatMap((bundle) => snapshot.render(bundle).patched);
  return places(
    patched
      .filter(({ source }) => source.uri === at.uri && source.start === at.start)
      .map(({ patch }) => firstLine(snapshot, patch)),
  );
}

function firstLine(snapshot: Snapshot, { uri, start, end }: Span): Span {
  const line = snapshot.file(uri)?.text.indexOf('\n', start) ?? -1;
  return { uri, start, end: line < 0 ? end : Math.min(line, end) };
}
