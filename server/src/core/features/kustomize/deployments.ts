/** Objects of Flux and Argo CD that apply a kustomization of the workspace: their paths lead to it. */
import type { WrittenPath } from '../../bundle/kustomize/written-paths';
import { pathOf } from '../../bundle/kustomize/written-paths';
import type { Bundle } from '../../bundle-types';
import type { Span } from '../../value';
import { items } from '../../value';
import type { Snapshot } from '../../workspace';

export interface AppliedPath {
  /** The path as it is written in the object. */
  readonly at: Span;
  /** The name of the object. */
  readonly name: Span;
  readonly bundle: Bundle;
}

/** The paths in a file of objects that apply bundles. */
export function appliedPaths(snapshot: Snapshot, uri: string): AppliedPath[] {
  return applied(snapshot.bundles().filter(({ deployment }) => deployment?.uri === uri));
}

/** The paths by which a kustomization file is applied. */
export function pathsApplying(snapshot: Snapshot, kustomization: string): Span[] {
  return applied(snapshot.bundlesOf(kustomization).filter(({ from }) => from === kustomization)).map(({ at }) => at);
}

function applied(bundles: readonly Bundle[]): AppliedPath[] {
  return bundles.flatMap((bundle) =>
    bundle.deployment ? [{ at: bundle.deployment.path.origin, name: bundle.deployment.at, bundle }] : [],
  );
}

/** An ApplicationSet applies many folders by one path. */
export function appliedPathsAt(snapshot: Snapshot, uri: string, offset: number): AppliedPath[] {
  return appliedPaths(snapshot, uri).filter(({ at }) => at.start <= offset && offset <= at.end);
}

/** The components that what applies a bundle adds to it. */
export function componentPaths({ deployment, folder }: Bundle): WrittenPath[] {
  const field = deployment?.supply.fields.find(({ key }) => key.text === 'components');
  return items(field?.value).flatMap((item) =>
    item.type === 'scalar' && item.text !== '' ? [pathOf(item, 'components', 'component', folder)] : [],
  );
}

export interface SuppliedPath extends WrittenPath {
  /** What it is added to. */
  readonly bundle: Bundle;
}

/** The paths of components in a file of objects that apply bundles. */
export function componentPathsIn(snapshot: Snapshot, uri: string): SuppliedPath[] {
  return snapshot
    .bundles()
    .filter(({ deployment }) => deployment?.uri === uri)
    .flatMap((bundle) => componentPaths(bundle).map((path) => ({ ...path, bundle })));
}
