/** What a workspace shows, to compare one that was edited with one that has read the same files afresh. */
import type { Workspace } from '../../server/src/core/index';
import { createWorkspace, joinTopologies, plainText, topologyOf, worldsOf } from '../../server/src/core/index';

export const root = 'file:///w';

/** A workspace that has read these files and nothing before. A rule that throws fails the test. */
export function fresh(files: ReadonlyMap<string, string>): Workspace {
  const workspace = createWorkspace((rule, uri, error) => {
    throw new Error(`${rule} threw on ${uri}`, { cause: error });
  });
  workspace.setRoots([root]);
  for (const [uri, text] of files) workspace.set(uri, text);
  return workspace;
}

/** Everything a person could see, as text. */
export function seen(workspace: Workspace, uris: Iterable<string>): string[] {
  const snapshot = workspace.snapshot();
  const words = [...uris]
    .sort()
    .flatMap((uri) =>
      snapshot
        .findings(uri)
        .map((finding) =>
          JSON.stringify([
            uri,
            finding.at,
            finding.rule,
            finding.level,
            plainText(finding.message, snapshot, (of) => of),
            finding.related.map(({ at }) => at),
            finding.fixes,
          ]),
        ),
    );
  const { nodes, edges } = joinTopologies(
    worldsOf(snapshot, `${root}/`, root).map(({ bundle, resources }) => ({
      bundle: bundle?.folder ?? '',
      topology: topologyOf(snapshot, { resources, namespace: undefined }),
    })),
  );
  return [
    ...words,
    ...nodes.map(({ id, findings }) => `${id} ${findings.length}`),
    ...edges.map((edge) => JSON.stringify(edge)),
  ];
}
