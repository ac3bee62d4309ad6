/** Who builds on a file: kustomizations that name it, and the bundles that it ends up in. */
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { isKustomization } from '../../bundle/role';
import { namesOf } from '../../bundle-findings';
import type { Bundle } from '../../bundle-types';
import type { Span } from '../../value';
import type { Snapshot } from '../../workspace';
import { componentPaths, pathsApplying } from './deployments';
import { fileOf, kustomizationFile, kustomizationFiles } from './file';

/** Every path of a kustomization, or of an object that applies one, that leads to the file itself. */
export function pathsTo(snapshot: Snapshot, uri: string): Span[] {
  const named = kustomizationFiles(snapshot).flatMap(({ paths }) =>
    paths.filter((path) => fileOf(snapshot, path) === uri).map(({ at }) => at),
  );
  const added = snapshot.bundles().flatMap(componentPaths);
  return [
    ...named,
    ...added.filter((path) => fileOf(snapshot, path) === uri).map(({ at }) => at),
    ...pathsApplying(snapshot, uri),
  ];
}

/** In the kustomization of each bundle that the file is part of, or in what applies it, the path by which it gets there. */
export function overlayPaths(snapshot: Snapshot, uri: string): Span[] {
  return overlaysOf(snapshot, uri).flatMap((bundle) => {
    const paths = [...(kustomizationFile(snapshot, bundle.from)?.paths ?? []), ...componentPaths(bundle)];
    const path = paths.find((item) => leads(snapshot, item, uri, new Set()));
    return path ? [path.at] : [];
  });
}

/** True when the path leads to the file, perhaps by other kustomizations. */
function leads(snapshot: Snapshot, path: WrittenPath, uri: string, seen: Set<string>): boolean {
  const file = fileOf(snapshot, path);
  if (file === uri) return true;
  if (file === undefined || !isKustomization(file) || seen.has(file)) return false;
  seen.add(file);
  return kustomizationFile(snapshot, file)?.paths.some((next) => leads(snapshot, next, uri, seen)) === true;
}

/** The bundles of other folders that a file is part of: an overlay's own files lie in its folder, and what applies it is no part of it. */
export function overlaysOf(snapshot: Snapshot, uri: string): readonly Bundle[] {
  return snapshot.bundlesOf(uri).filter(({ folder, reads }) => reads.has(uri) && !uri.startsWith(`${folder}/`));
}

/** `prod`, `prod and dev`, `5 overlays`. */
export function overlayNames(snapshot: Snapshot, overlays: readonly Bundle[]): string {
  const names = namesOf(snapshot.bundles());
  return overlays.length > 2
    ? `${overlays.length} overlays`
    : overlays.map((bundle) => names.get(bundle) ?? bundle.folder).join(' and ');
}
