/** Which kustomizations are applied on their own, and who applies them. */
import type { Deployment } from './deployment';
import { folderOf, foldersOf } from './directory';
import { resolvePath } from './kustomize/paths';
import type { Named } from './role';

export interface BundleRoot {
  /** The `uri` of the resources that it builds. */
  readonly id: string;
  /** The kustomization file. */
  readonly from: string;
  /** What applies it, and adds to it; undefined where nothing here does. */
  readonly deployment: Deployment | undefined;
}

/** The id of the bundle that is built in a folder. No file has it, so nothing else is in its folder. */
export function bundleId(folder: string): string {
  return `${folder}/?kustomize/result`;
}

/**
 * Each kustomization that no other one builds on, and each that a deployment names, once for each of these. `rootOf`
 * gives the workspace folder of a file, where paths of deployments start.
 */
export function findRoots(
  named: ReadonlyMap<string, Named>,
  deployments: readonly Deployment[],
  rootOf: (uri: string) => string,
): BundleRoot[] {
  const files = new Map<string, string>();
  for (const [uri, { component }] of [...named].sort(byKey))
    if (!component && !files.has(folderOf(uri))) files.set(folderOf(uri), uri);
  const deployed = new Map<string, Deployment[]>();
  for (const deployment of [...deployments].sort((a, b) => (a.uri < b.uri ? -1 : 1))) {
    const folder = folderMeant(deployment, rootOf(deployment.uri), files);
    if (folder !== undefined) deployed.set(folder, [...(deployed.get(folder) ?? []), deployment]);
  }
  const inner = new Set([...named.values()].flatMap(({ folders }) => folders));
  const outer = [...files.keys()].filter((folder) => !inner.has(folder) && !deployed.has(folder));
  const roots = new Set([...outer, ...deployed.keys()]);
  for (const folder of cycles(named, files, roots)) roots.add(folder);
  return [...roots].flatMap((folder): BundleRoot[] => {
    const from = files.get(folder);
    if (from === undefined) return [];
    const by = deployed.get(folder) ?? [undefined];
    return by.map((deployment, index) => ({
      id: index === 0 ? bundleId(folder) : `${bundleId(folder)}-${index + 1}`,
      from,
      deployment,
    }));
  });
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/**
 * The folder that a path leads to: from the workspace folder, else from a folder in it that may be a repository of its
 * own. A folder that holds the deployment itself is meant only from the very root.
 */
function folderMeant(
  { uri, path }: Deployment,
  root: string,
  kustomizations: ReadonlyMap<string, string>,
): string | undefined {
  return foldersOf(uri, root)
    .reverse()
    .map((start) => ({ start, folder: resolvePath(start, path.text) }))
    .find(({ start, folder }) => kustomizations.has(folder) && (start === root || !uri.startsWith(`${folder}/`)))
    ?.folder;
}

/** A kustomization of each cycle that no root leads to: it would be built by nobody, and its mistake never be told. */
function cycles(
  named: ReadonlyMap<string, Named>,
  files: ReadonlyMap<string, string>,
  roots: ReadonlySet<string>,
): string[] {
  const foldersIn = (folder: string) => {
    const uri = files.get(folder);
    return uri === undefined ? [] : (named.get(uri)?.folders ?? []);
  };
  const reach = (from: Iterable<string>, known: Set<string>) => {
    const open = [...from];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (known.has(folder)) continue;
      known.add(folder);
      open.push(...foldersIn(folder));
    }
    return known;
  };
  const built = reach(roots, new Set<string>());
  const found: string[] = [];
  for (const folder of files.keys()) {
    if (built.has(folder) || !reach(foldersIn(folder), new Set()).has(folder)) continue;
    found.push(folder);
    reach([folder], built);
  }
  return found;
}
