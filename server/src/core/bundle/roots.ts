/** Which kustomizations are applied on their own, and who applies them. */
import type { Deployment, Deployments } from './deployment';
import { folderOf, foldersOf } from './directory';
import { resolvePath } from '../uri';
import { kustomizationNames, relativePath } from './kustomize/paths';
import type { Manifests } from './kustomize/supply';
import type { Named } from './role';

export interface BundleRoot {
  /** The `uri` of the resources that it builds. */
  readonly id: string;
  /** The kustomization file. */
  readonly from: string;
  /** What applies it, and adds to it; undefined where nothing here does. */
  readonly deployment: Deployment | undefined;
  /** Tells it from the others of its folder, where several deployments apply that. */
  readonly label: string | undefined;
}

/** The id of the bundle that is built in a folder. No file has it, so nothing else is in its folder. */
function bundleId(folder: string): string {
  return `${folder}/?kustomize/result`;
}

/** What is applied on its own, and the folders without a kustomization that a deployment applies as a whole. */
export interface Roots {
  readonly roots: readonly BundleRoot[];
  readonly generated: ReadonlyMap<string, readonly Manifests[]>;
  /** The folders that have a kustomization. */
  readonly kustomizations: ReadonlySet<string>;
}

export const noRoots: Roots = { roots: [], generated: new Map(), kustomizations: new Set() };

/** What of the workspace tells where deployments lead. */
export interface Places {
  /** The workspace folder of a file, where paths of deployments start. */
  readonly rootOf: (uri: string) => string;
  /** All folders in which files are known. */
  readonly folders: () => Iterable<string>;
}

/** Each kustomization that no other one builds on, and each folder that a deployment names, once for each of these. */
export function findRoots(
  named: ReadonlyMap<string, Named>,
  deployments: readonly Deployments[],
  places: Places,
): Roots {
  const files = new Map<string, string>();
  for (const [uri, { component }] of [...named].sort(byKey))
    if (!component && !files.has(folderOf(uri))) files.set(folderOf(uri), uri);
  const folders = new Set([...named.keys()].map(folderOf));
  const deployed = new Map<string, Deployment[]>();
  const generated = new Map<string, Manifests[]>();
  for (const deployment of allDeployments(deployments, places).sort((a, b) => (a.uri < b.uri ? -1 : 1))) {
    const folder = folderMeant(deployment, places.rootOf(deployment.uri), files);
    if (folders.has(folder) && !files.has(folder)) continue;
    deployed.set(folder, [...(deployed.get(folder) ?? []), deployment]);
    if (!files.has(folder)) generated.set(folder, [...(generated.get(folder) ?? []), deployment.supply.manifests]);
  }
  const inner = new Set([...named.values()].flatMap((item) => item.folders));
  const isOuter = (folder: string) =>
    !inner.has(folder) && !deployed.has(folder) && !isWithinMade(folder, { generated, kustomizations: folders });
  const roots = new Set([...[...files.keys()].filter(isOuter), ...deployed.keys()]);
  for (const folder of cycles(named, files, roots)) roots.add(folder);
  const found = [...roots].flatMap((folder) => {
    const from = files.get(folder) ?? `${folder}/${kustomizationNames[0] ?? ''}`;
    const own = deployed.get(folder) ?? [];
    if (own.length < 2) return [{ id: bundleId(folder), from, deployment: own[0], label: undefined }];
    return labelled(own, places).map(({ deployment, label }): BundleRoot => ({
      id: `${bundleId(folder)}-${encodeURIComponent(label)}`,
      from,
      deployment,
      label,
    }));
  });
  return { roots: found, generated, kustomizations: folders };
}

/** All deployments, those of each folder too that a generator finds. */
function allDeployments(deployments: readonly Deployments[], { rootOf, folders }: Places): Deployment[] {
  const single = deployments.flatMap((found) => found.single);
  const perFolder = deployments.flatMap((found) => found.perFolder);
  if (perFolder.length === 0) return single;
  const known = [...withParents(folders())].sort();
  return [
    ...single,
    ...perFolder.flatMap(({ uri, matches, deploy }) => {
      // A folder of the workspace may be a repository of its own.
      const starts = foldersOf(uri, rootOf(uri)).reverse();
      const found = starts.map((start) =>
        known.filter((folder) => folder.startsWith(`${start}/`)).map((folder) => relativePath(start, folder)),
      );
      const paths = found.map((all) => all.filter(matches)).find((all) => all.length > 0) ?? [];
      return paths.flatMap(deploy);
    }),
  ];
}

function withParents(folders: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const folder of folders) for (const above of foldersOf(`${folder}/`, '')) all.add(above);
  return all;
}

/** Titles, with the file where two are called alike, and with a number where that is one file too. */
function labelled(deployments: readonly Deployment[], { rootOf }: Places) {
  const count = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;
  const titles = deployments.map(({ title }) => title);
  const longer = deployments.map(({ title, uri }) =>
    count(titles, title) > 1 ? `${title} in ${relativePath(rootOf(uri), uri)}` : title,
  );
  return deployments.map((deployment, index) => {
    const label = longer[index] ?? '';
    const before = count(longer.slice(0, index), label);
    return { deployment, label: before > 0 ? `${label} (${before + 1})` : label };
  });
}

/** True when a file is applied as part of a folder without a kustomization, and none stands on the way up to it. */
export function isWithin(
  uri: string,
  { generated, kustomizations }: Pick<Roots, 'generated' | 'kustomizations'>,
): boolean {
  if (generated.size === 0) return false;
  for (const above of foldersOf(uri, '')) {
    if (kustomizations.has(above)) return false;
    if (generated.get(above)?.some(({ accepts }) => accepts(relativePath(above, uri)))) return true;
  }
  return false;
}

/** True when a kustomization is built as part of a folder of which Flux makes one. */
function isWithinMade(
  folder: string,
  { generated, kustomizations }: Pick<Roots, 'generated' | 'kustomizations'>,
): boolean {
  for (const above of foldersOf(folder, '')) {
    if (kustomizations.has(above)) return false;
    if (generated.get(above)?.some(({ tool }) => tool === 'flux')) return true;
  }
  return false;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/**
 * The folder that a path leads to, with a kustomization: from the workspace folder, else from a folder in it that may be a repository of its
 * own. A folder that holds the deployment itself is meant only from the very root. Without a kustomization it is the folder of
 * plain files below the workspace folder.
 */
function folderMeant({ uri, path }: Deployment, root: string, kustomizations: ReadonlyMap<string, string>): string {
  const found = foldersOf(uri, root)
    .reverse()
    .map((start) => ({ start, folder: resolvePath(start, path.text) }))
    .find(({ start, folder }) => kustomizations.has(folder) && (start === root || !uri.startsWith(`${folder}/`)));
  return found?.folder ?? resolvePath(root, path.text);
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
