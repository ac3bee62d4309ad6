/** The kustomizations for which hovers and lenses can answer. */
import type { Snapshot } from '../core/index';
import { canonicalUri, environmentParts, isChosen } from '../core/index';
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
    selected: selectedEnvironment(snapshot) ?? null,
  };
}

/** What is selected, if it is here. */
export function selectedEnvironment(snapshot: Snapshot): string | undefined {
  const { environment } = snapshot;
  return snapshot.bundles().some((bundle) => isChosen(bundle, environment)) ? environment : undefined;
}

/** One that is not here is kept, since its files may not have been read yet; until then all answer. */
export function selectEnvironment({ workspace }: Session, { uri }: SelectEnvironmentParams): void {
  workspace.setEnvironment(typeof uri === 'string' ? canonicalUri(uri) : undefined);
}
