/** The kustomizations for which hovers and lenses can answer. */
import { canonicalUri, environmentParts } from '../core/index';
import type { EnvironmentsAnswer, EnvironmentsParams, SelectEnvironmentParams } from './protocol';
import type { Session } from './session';

export function environments(session: Session, { textDocument }: EnvironmentsParams): EnvironmentsAnswer {
  const snapshot = session.snapshot();
  const own = new Set(textDocument ? snapshot.bundlesOf(canonicalUri(textDocument.uri)) : []);
  return {
    environments: snapshot.bundles().map((bundle) => {
      const { folder, label } = environmentParts(bundle.environment);
      return {
        uri: bundle.environment,
        path: session.names.path(folder),
        ...(label === undefined ? {} : { by: label }),
        resources: bundle.resources.length,
        isOwn: own.has(bundle),
      };
    }),
    selected: snapshot.environment ?? null,
  };
}

export function selectEnvironment({ workspace }: Session, { uri }: SelectEnvironmentParams): void {
  workspace.setEnvironment(uri === null ? undefined : canonicalUri(uri));
}
