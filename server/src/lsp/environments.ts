/** The kustomizations for which hovers and lenses can answer. */
import { canonicalUri, environmentName } from '../core/index';
import type { EnvironmentsAnswer, SelectEnvironmentParams } from './protocol';
import type { Session } from './session';

export function environments(session: Session): EnvironmentsAnswer {
  const snapshot = session.snapshot();
  return {
    environments: snapshot.bundles().map(({ environment, resources }) => ({
      uri: environment,
      path: environmentName(environment, session.names.path),
      resources: resources.length,
    })),
    selected: snapshot.environment ?? null,
  };
}

export function selectEnvironment({ workspace }: Session, { uri }: SelectEnvironmentParams): void {
  workspace.setEnvironment(uri === null ? undefined : canonicalUri(uri));
}
