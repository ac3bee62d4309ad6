/** Above a kustomization how much it builds; above a base who builds on it; above a patch what it patches. */
import { folderOf } from '../../bundle/directory';
import { isKustomization } from '../../bundle/role';
import type { Span } from '../../value';
import type { Snapshot } from '../../workspace';
import type { Lens } from '../lenses';
import { count } from '../markdown';
import { buildAround, patchedBy } from './changes';
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

/** Above an object of Flux or Argo CD: what it applies. */
function applies(snapshot: Snapshot, uri: string): Lens[] {
  return appliedPaths(snapshot, uri).map(({ name, bundle }) => ({
    span: { ...name, end: name.start },
    title: `applies ${count(bundle.resources.length, 'object')}`,
    places: [],
    shows: bundle.from,
  }));
}

/** One lens for each patch of the file. */
function patches(snapshot: Snapshot, uri: string): Lens[] {
  const build = isKustomization(uri) ? undefined : buildAround(snapshot, uri);
  if (!build) return [];
  const starts = [...new Set(build.patched.flatMap(({ patch }) => (patch.uri === uri ? [patch.start] : [])))];
  return starts.map((start) => {
    const found = patchedBy(build, (span) => span.uri === uri && span.start === start);
    const [only] = found;
    const title = found.length === 1 && only ? only.object : count(found.length, 'object');
    return { span: { uri, start, end: start }, title: `patches ${title}`, places: found.map(({ name }) => name) };
  });
}
