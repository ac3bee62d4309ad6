/** Objects of Flux and Argo CD that apply a kustomization of the workspace: their paths lead to it. */
import type { Bundle } from '../../bundle-types';
import type { Span } from '../../value';
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

export function appliedPathAt(snapshot: Snapshot, uri: string, offset: number): AppliedPath | undefined {
  return appliedPaths(snapshot, uri).find(({ at }) => at.start <= offset && offset <= at.end);
}
