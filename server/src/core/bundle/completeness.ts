/** Whether all that is applied with a bundle is in it. */
import type { Resource } from '../resource';
import type { Deployment } from './deployment';

/**
 * Objects by which a GitOps tool applies further manifests, which may hold what is missing. A deployment that is among
 * what it applies brings nothing more.
 */
export function deploysMore({ group, kind, nameAt }: Resource, deployment: Deployment | undefined): boolean {
  if (deployment?.at.uri === nameAt.uri && deployment.at.start === nameAt.start) return false;
  return (
    (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') ||
    (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') ||
    (group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet')) ||
    (group === 'helm.cattle.io' && kind === 'HelmChart')
  );
}

/** A workload without selector and labels is no object to apply: something else completes it. */
export function isFragment({ group, pods, selectors }: Resource): boolean {
  return group === 'apps' && pods !== undefined && pods.labels.length === 0 && selectors.length === 0;
}
