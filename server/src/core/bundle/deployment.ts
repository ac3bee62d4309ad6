/** Objects by which Flux and Argo CD apply folders of the repository, and what they add to them. */
import { splitDocuments } from '../text';
import type { Scalar, Span } from '../value';
import { scalar } from '../value';
import { readDocument } from '../yaml';
import { applicationSetOf } from './application-set';
import { argoApplications } from './argo';
import { fluxKustomization } from './flux';
import type { Supply } from './kustomize/supply';

export interface Deployment {
  /** The file it is written in. */
  readonly uri: string;
  /** `Kustomization web`, for people. */
  readonly title: string;
  /** Its name, where it is written. */
  readonly at: Span;
  /** The folder, as written: from the root of the repository. */
  readonly path: Scalar;
  readonly supply: Supply;
  /** Objects whose data are variables too; later ones overrule earlier ones, and the variables of `supply` all of them. */
  readonly variablesFrom: readonly VariablesFrom[];
}

/** An object in the namespace of the deployment (Flux `postBuild.substituteFrom`). */
export interface VariablesFrom {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: Scalar;
  /** Without it the tool goes on. */
  readonly optional: boolean;
}

/** Deployments that are made one for each folder of the repository that `matches` its path. */
export interface FolderDeployments {
  readonly uri: string;
  readonly matches: (path: string) => boolean;
  /** The same objects each time it is asked for one path. */
  readonly deploy: (path: string) => readonly Deployment[];
}

/** What a file says about folders to apply. */
export interface Deployments {
  readonly single: readonly Deployment[];
  readonly perFolder: readonly FolderDeployments[];
}

export const noDeployments: Deployments = { single: [], perFolder: [] };

/** False for a text that says nothing about what Flux and Argo CD apply, so that it need not be parsed for that. */
export function mayDeploy(text: string): boolean {
  return /kustomize\.toolkit\.fluxcd\.io|argoproj\.io/.test(text);
}

/** The deployments in a file that name a folder. What a template or a generator of unknown values still changes is left out. */
export function deploymentsIn(uri: string, text: string): Deployments {
  if (!mayDeploy(text)) return noDeployments;
  const found = splitDocuments(text).map((at) => {
    const kinds = /["']?kind["']?\s*:\s*["']?(?:Kustomization|Application|ApplicationSet)\b/;
    if (!kinds.test(text.slice(at.start, at.end))) return noDeployments;
    const { value, problems } = readDocument(uri, text, at, 'kubectl');
    if (problems.length > 0 || value?.type !== 'map') return noDeployments;
    const group = (scalar(value, 'apiVersion')?.text ?? '').split('/')[0];
    const kind = scalar(value, 'kind')?.text;
    if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization')
      return single(fluxKustomization(uri, value));
    if (group !== 'argoproj.io') return noDeployments;
    if (kind === 'Application') return single(argoApplications(uri, value));
    return kind === 'ApplicationSet' ? applicationSetOf(uri, value) : noDeployments;
  });
  return { single: found.flatMap((item) => item.single), perFolder: found.flatMap((item) => item.perFolder) };
}

function single(deployments: readonly Deployment[]): Deployments {
  return { single: deployments, perFolder: [] };
}
