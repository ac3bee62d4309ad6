/** What PATH chooses, by what is applied together: the plain files, and what each kustomization renders. */
import { resolve } from 'node:path';
import type { Finding, Resource, World } from '../core/index';
import { worldsOf } from '../core/index';
import { fileUri } from '../files/paths';
import type { Call } from './command';
import type { Loaded } from './load';
import { UsageError } from './usage-error';

export interface NamedWorld extends Pick<World, 'resources'> {
  /** As people see it: a PATH, or the folder of the kustomization. */
  readonly name: string;
  /** Files of PATH that repeat objects of nearer files, as people see them. */
  readonly leftOut: readonly string[];
  /** False for resources that are there only because PATH is read together with its neighbours. */
  readonly isReported: (resource: Resource) => boolean;
}

/**
 * All worlds of PATH, or with `--bundle DIR` only that of one folder. `see` may take another look at what they leave
 * out. Throws UsageError when nothing is applied from there.
 */
export function worldsAt(
  loaded: Loaded,
  call: Pick<Call, 'options' | 'io'>,
  see: (world: World) => World = (world) => world,
): readonly NamedWorld[] {
  const { snapshot, root, from, reported, show, bundleOf } = loaded;
  const asked = new Set(reported);
  const folder = bundleFolder(call);
  const worlds = worldsOf(snapshot, from, root)
    .filter(({ bundle }) => folder === undefined || (bundle ? bundle.folder : '') === folder)
    .map(see)
    .map(({ bundle, resources, leftOut }): NamedWorld => {
      const isWhole = bundle !== undefined && asked.has(bundle.from);
      return {
        name: bundle ? show(bundle.folder) : [...new Set(reported.map(bundleOf))].join(' '),
        resources,
        leftOut: leftOut.filter((uri) => asked.has(uri)).map(show),
        isReported: (resource) => isWhole || asked.has(resource.at.uri),
      };
    });
  if (folder !== undefined && worlds.length === 0) {
    const plain = worldOfFolder(loaded, folder);
    if (!plain) throw nothingApplied(show(folder));
    return [plain];
  }
  return worlds;
}

/** The plain files of one folder, as a world of their own. */
function worldOfFolder({ snapshot, show }: Loaded, folder: string): NamedWorld | undefined {
  const [world] = worldsOf(snapshot, `${folder}/`, folder);
  if (!world || world.resources.length === 0) return undefined;
  return { name: show(folder), resources: world.resources, leftOut: world.leftOut.map(show), isReported: () => true };
}

export interface ChosenResource {
  readonly resource: Resource;
  /** What it is applied with, as people see it. */
  readonly bundle: string;
}

/** Every resource that PATH chooses, alternatives of each other too, once for each bundle that it is rendered in. */
export function chosenResources(loaded: Loaded, call: Pick<Call, 'options' | 'io'>): readonly ChosenResource[] {
  const { snapshot, reported, bundleOf } = loaded;
  const plain = call.options.has('bundle')
    ? []
    : reported.flatMap((uri) => {
        const file = snapshot.file(uri);
        return file?.role === 'plain' ? file.resources.map((resource) => ({ resource, bundle: bundleOf(uri) })) : [];
      });
  const seen = new Set(plain.map(({ resource }) => resource));
  return [
    ...plain,
    ...worldsAt(loaded, call).flatMap(({ name, resources, isReported }) =>
      resources
        .filter((resource) => !seen.has(resource) && isReported(resource))
        .map((resource) => ({ resource, bundle: name })),
    ),
  ];
}

/**
 * The files whose findings PATH chooses: its own, and those that a kustomization of PATH builds on, wherever they lie.
 * With `only`, the URI of a folder, no others than those of what is applied from there.
 */
export function chosenFindings({ snapshot, reported }: Loaded, only: string | undefined) {
  const asked = new Set(reported);
  const bundles = snapshot
    .bundles()
    .filter(({ from, folder }) => (only === undefined ? asked.has(from) : folder === only));
  const folders = new Set(bundles.map(({ folder }) => folder));
  const isBuilt = (finding: Finding) => finding.bundles?.some((folder) => folders.has(folder)) === true;
  const isWithin = (uri: string) => only === undefined || uri.startsWith(`${only}/`);
  const built = bundles.flatMap(({ reads }) => [...reads]).filter((uri) => snapshot.file(uri) !== undefined);
  return {
    bundles,
    uris: [...new Set([...reported.filter(isWithin), ...built])],
    isReported: (finding: Finding) =>
      isBuilt(finding) ||
      (asked.has(finding.at.uri) &&
        (only === undefined || (finding.bundles === undefined && isWithin(finding.at.uri)))),
  };
}

/** Throws UsageError when nothing is applied from the folder that `--bundle` names. */
export function checkBundle({ snapshot, reported, show }: Loaded, only: string | undefined): void {
  if (only === undefined || snapshot.bundles().some(({ folder }) => folder === only)) return;
  const isPlain = (uri: string) => uri.startsWith(`${only}/`) && snapshot.file(uri)?.role === 'plain';
  if (!reported.some(isPlain)) throw nothingApplied(show(only));
}

function nothingApplied(folder: string): UsageError {
  return new UsageError(`--bundle ${folder}: nothing is applied from there`);
}

/** The URI of the folder that `--bundle` names. */
export function bundleFolder({ options, io }: Pick<Call, 'options' | 'io'>): string | undefined {
  const only = options.text('bundle');
  return only === undefined ? undefined : fileUri(resolve(io.cwd, only));
}
