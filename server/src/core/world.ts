/** The world of a file or folder: everything that is applied together with it, seen from there. */
import type { Bundle } from './bundle-types';
import type { Resource } from './resource';
import { isChosen } from './environment';
import type { Snapshot } from './workspace';
import { folderOf } from './bundle/directory';

export interface World {
  /** The rendered bundle that it is; undefined for plain files. */
  readonly bundle: Bundle | undefined;
  readonly resources: readonly Resource[];
  /** Files that are alternatives of nearer ones. */
  readonly leftOut: readonly string[];
}

/**
 * The world of plain files: all rings of `from` minus alternatives, in file order. `from` is a file, or a folder with a
 * slash at its end; `within` is the folder that bounds the world, the workspace folder of a file or the folder itself.
 */
export function worldOf(snapshot: Snapshot, from: string, within: string): World {
  const leftOut: string[] = [];
  const resources: Resource[] = [];
  for (const uri of [...snapshot.uris()].sort()) {
    const file = snapshot.file(uri);
    const [first] = file?.resources ?? [];
    if (!file || !first || file.role !== 'plain' || !isWithin(uri, within)) continue;
    if (snapshot.links.isAlternative(first, from)) leftOut.push(uri);
    else resources.push(...file.resources);
  }
  return { bundle: undefined, resources, leftOut };
}

/**
 * A world and the files that repeat none of its workloads and policies, though they repeat something else: a namespace,
 * or a Service in front of more workloads. To those who ask who may talk to whom they are no alternatives.
 */
export function withUnrepeated(snapshot: Snapshot, world: World): World {
  const counts = ({ pods, policy }: Resource) => pods !== undefined || policy !== undefined;
  const key = ({ group, kind, namespace, name }: Resource) => [group, kind, namespace ?? '', name ?? ''].join('/');
  const held = new Set(world.resources.filter(counts).map(key));
  const resources = [...world.resources];
  const leftOut: string[] = [];
  for (const uri of world.leftOut) {
    const own = snapshot.file(uri)?.resources ?? [];
    const judged = own.filter(counts);
    if (judged.length === 0 || judged.some((resource) => held.has(key(resource)))) leftOut.push(uri);
    else {
      for (const resource of judged) held.add(key(resource));
      resources.push(...own);
    }
  }
  return { ...world, resources, leftOut };
}

/**
 * All that is applied on its own in a folder, or together with a file: the plain files where there are some, and each
 * rendered bundle. A file that is part of bundles has their worlds, or only that of the environment that is selected.
 */
export function worldsOf(snapshot: Snapshot, from: string, within: string): readonly World[] {
  const own = snapshot.file(from) ? snapshot.bundlesOf(from).filter(({ reads }) => reads.has(from)) : [];
  const bundles =
    own.length > 0 ? own : from.endsWith('/') ? snapshot.bundles().filter((item) => isWithin(item.from, within)) : [];
  const selected = bundles.filter((bundle) => isChosen(bundle, snapshot.environment));
  const rendered = (selected.length > 0 ? selected : bundles).map((bundle): World => ({
    bundle,
    resources: bundle.resources,
    leftOut: [],
  }));
  if (own.length > 0) return rendered;
  const plain = worldOf(snapshot, from, within);
  return plain.resources.length > 0 || rendered.length === 0 ? [plain, ...rendered] : rendered;
}

/**
 * The bundle for which an editor feature answers in a file: that of the selected environment if the file is part of it,
 * else the first one. Undefined for plain files that apply none.
 */
export function shownBundle(snapshot: Snapshot, uri: string): Bundle | undefined {
  const bundles = snapshot.bundlesOf(uri);
  return bundles.find((bundle) => isChosen(bundle, snapshot.environment)) ?? bundles[0];
}

/** More bundles than these, which one file deploys, are not searched. */
const MAX_DEPLOYED = 20;

/** The shown bundle, and for a file of objects that apply several, all that these apply: each has patches of its own. */
export function shownBundles(snapshot: Snapshot, uri: string): readonly Bundle[] {
  const shown = shownBundle(snapshot, uri);
  if (!shown) return [];
  const deployed = snapshot.bundlesOf(uri).filter((bundle) => bundle !== shown && bundle.deployment?.uri === uri);
  return [shown, ...deployed.slice(0, MAX_DEPLOYED)];
}

/** The bundles that a file is part of: those of the selected environment, else all. The first is the one that is shown. */
export function answeringBundles(snapshot: Snapshot, uri: string): readonly Bundle[] {
  const bundles = snapshot.bundlesOf(uri).filter(({ reads }) => reads.has(uri));
  const chosen = bundles.filter((bundle) => isChosen(bundle, snapshot.environment));
  return chosen.length > 0 ? chosen : bundles;
}

/** The resources written in a file, in its order: as the shown bundle has them, else as they stand there. */
export function shownResources(snapshot: Snapshot, uri: string): readonly Resource[] {
  const bundle = shownBundle(snapshot, uri);
  return bundle?.reads.has(uri) ? writtenIn(bundle, uri) : (snapshot.file(uri)?.resources ?? []);
}

/** The resources of a bundle that are written in a file, in its order. */
export function writtenIn({ resources }: Bundle, uri: string): readonly Resource[] {
  return resources.filter(({ at }) => at.uri === uri).sort((a, b) => a.at.start - b.at.start);
}

function isWithin(uri: string, folder: string): boolean {
  return uri.startsWith(`${folder}/`) || folderOf(uri) === folder;
}
