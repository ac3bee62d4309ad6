/** Above a kustomization how much it builds; above a base who builds on it; above a patch what it patches. */
import { folderOf } from '../../bundle/directory';
import { isKustomization } from '../../bundle/role';
import type { Span } from '../../value';
import type { Snapshot } from '../../workspace';
import type { Lens } from '../lenses';
import { count } from '../markdown';
import { namesOf } from '../../bundle-findings';
import { buildsAround, patchedBy, unique } from './changes';
import type { AppliedPath } from './deployments';
import { appliedPaths } from './deployments';
import { kustomizationFile } from './file';
import { overlayNames, overlayPaths, overlaysOf } from './users';

export function kustomizationLenses(snapshot: Snapshot, uri: string): Lens[] {
  const span: Span = { uri, start: 0, end: 0 };
  const overlays = overlaysOf(snapshot, uri);
  const file = kustomizationFile(snapshot, uri);
  return [
    ...(file ? builds(snapshot, uri, span) : [...applies(snapshot, uri), ...patches(snapshot, uri)]),
    ...(overlays.length > 0
      ? [{ span, title: `used by ${overlayNames(snapshot, overlays)}`, places: overlayPaths(snapshot, uri) }]
      : []),
  ];
}

/** A click shows the objects. A component builds nothing by itself, and what is in no bundle is shown nowhere. */
function builds(snapshot: Snapshot, uri: string, span: Span): Lens[] {
  const objects = snapshot.build(folderOf(uri)).resources.length;
  return objects > 0 && snapshot.bundlesOf(uri).length > 0
    ? [{ span, title: count(objects, 'object'), places: [], shows: uri }]
    : [];
}

/** More lenses than these above one object are no help. */
const MAX_APPLIED = 3;

/** Above an object of Flux or Argo CD: what it applies, for each folder or Application where it stands for several. */
function applies(snapshot: Snapshot, uri: string): Lens[] {
  const byName = new Map<number, AppliedPath[]>();
  for (const path of appliedPaths(snapshot, uri))
    byName.set(path.name.start, [...(byName.get(path.name.start) ?? []), path]);
  return [...byName.values()].flatMap((paths) => {
    const names = paths.length > 1 ? namesOf(snapshot.bundles()) : undefined;
    const lens = (title: string, { name, bundle }: AppliedPath): Lens => ({
      span: { ...name, end: name.start },
      title: `applies ${title}`,
      places: [],
      shows: bundle.from,
    });
    const objects = ({ bundle }: AppliedPath) => count(bundle.resources.length, 'object');
    const [first] = paths;
    if (first && paths.length > MAX_APPLIED) {
      const places = unique(
        paths.map(({ bundle }) => ({ uri: bundle.from, start: 0, end: 0 })),
        (place) => place,
      );
      const { span } = lens('', first);
      return [{ span, title: `applies ${paths.length} environments`, places }];
    }
    return paths.map((path) => lens(objects(path) + (names ? ` in ${names.get(path.bundle) ?? ''}` : ''), path));
  });
}

/** One lens for each patch of the file. */
function patches(snapshot: Snapshot, uri: string): Lens[] {
  const builds = isKustomization(uri) ? [] : buildsAround(snapshot, uri);
  const starts = [
    ...new Set(
      builds.flatMap(({ patched }) => patched.flatMap(({ patch }) => (patch.uri === uri ? [patch.start] : []))),
    ),
  ];
  return starts.map((start) => {
    const found = unique(
      builds.flatMap((build) => patchedBy(build, (span) => span.uri === uri && span.start === start)),
      ({ source }) => source,
    );
    const [only] = found;
    const title = found.length === 1 && only ? only.object : count(found.length, 'object');
    return { span: { uri, start, end: start }, title: `patches ${title}`, places: found.map(({ name }) => name) };
  });
}
