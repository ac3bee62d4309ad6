/** What PATH chooses, by what is applied together: the plain files, and what each kustomization renders. */
import type { Finding, Resource, World } from '../core/index';
import { environmentName, isChosen, worldOf, worldsOf } from '../core/index';
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
 * All worlds of PATH, or with `--bundle` only what that names. `see` may take another look at what they leave out. Throws
 * UsageError when nothing is applied from there.
 */
export function worldsAt(loaded: Loaded, see: (world: World) => World = (world) => world): readonly NamedWorld[] {
  const { snapshot, root, from, reported, show, bundleOf, only } = loaded;
  const asked = new Set(reported);
  const worlds = worldsOf(snapshot, from, root)
    .filter(({ bundle }) => only === undefined || (bundle && isChosen(bundle, only)))
    .map(see)
    .map(({ bundle, resources, leftOut }): NamedWorld => {
      const isWhole = bundle !== undefined && asked.has(bundle.from);
      return {
        name: bundle ? environmentName(bundle.environment, show) : [...new Set(reported.map(bundleOf))].join(' '),
        resources,
        leftOut: leftOut.filter((uri) => asked.has(uri)).map(show),
        isReported: (resource) => isWhole || asked.has(resource.at.uri),
      };
    });
  if (only === undefined || worlds.length > 0) return worlds;
  checkBundle(loaded);
  return [worldOfFolder(loaded, only)];
}

/** The plain files of one folder, as a world of their own. */
function worldOfFolder({ snapshot, show }: Loaded, folder: string): NamedWorld {
  const { resources, leftOut } = worldOf(snapshot, `${folder}/`, folder);
  return { name: show(folder), resources, leftOut: leftOut.map(show), isReported: () => true };
}

export interface ChosenResource {
  readonly resource: Resource;
  /** What it is applied with, as people see it. */
  readonly bundle: string;
}

/** Every resource that PATH chooses, alternatives of each other too, once for each bundle that it is rendered in. */
export function chosenResources(loaded: Loaded): readonly ChosenResource[] {
  const { snapshot, reported, bundleOf, only } = loaded;
  const plain =
    only !== undefined
      ? []
      : reported.flatMap((uri) => {
          const file = snapshot.file(uri);
          return file?.role === 'plain' ? file.resources.map((resource) => ({ resource, bundle: bundleOf(uri) })) : [];
        });
  const seen = new Set(plain.map(({ resource }) => resource));
  return [
    ...plain,
    ...worldsAt(loaded).flatMap(({ name, resources, isReported }) =>
      resources
        .filter((resource) => !seen.has(resource) && isReported(resource))
        .map((resource) => ({ resource, bundle: name })),
    ),
  ];
}

/** The files whose findings PATH chooses: its own, and those that a kustomization of PATH builds on, wherever they lie. */
export function chosenFindings({ snapshot, reported, only }: Loaded) {
  const asked = new Set(reported);
  const bundles = snapshot
    .bundles()
    .filter((bundle) => (only === undefined ? asked.has(bundle.from) : isChosen(bundle, only)));
  const environments = new Set(bundles.map(({ environment }) => environment));
  const isBuilt = (finding: Finding) => finding.bundles?.some((item) => environments.has(item)) === true;
  const isWithin = (uri: string) => only === undefined || uri.startsWith(`${only}/`);
  const sources = new Set(bundles.flatMap(({ reads }) => [...reads]));
  const built = [...sources, ...bundles.flatMap(({ deployment }) => deployment?.uri ?? [])].filter(
    (uri) => snapshot.file(uri) !== undefined,
  );
  // What a file decides alone holds in whatever is made of it.
  const isAlone = ({ bundles, at: { uri } }: Finding) =>
    bundles === undefined && (sources.has(uri) || (asked.has(uri) && isWithin(uri)));
  return {
    bundles,
    uris: [...new Set([...reported.filter(isWithin), ...built])],
    isReported: (finding: Finding) =>
      isBuilt(finding) || isAlone(finding) || (only === undefined && asked.has(finding.at.uri)),
  };
}

/** Throws UsageError when nothing is applied from where `--bundle` says. */
export function checkBundle(loaded: Loaded): void {
  const { snapshot, only, show } = loaded;
  if (only === undefined || isApplied(loaded)) return;
  const names = snapshot.bundles().map(({ environment }) => environmentName(environment, show));
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  const there = names.length === 0 ? '' : `; there is ${names.slice(0, MAX_NAMES).join(', ')}${more}`;
  throw new UsageError(`--bundle ${environmentName(only, show)}: nothing is applied from there${there}`);
}

/** More names than this are no help in a message. */
const MAX_NAMES = 10;

/** Whether something is applied from where `--bundle` says: a kustomization, or plain files. */
export function isApplied({ snapshot, reported, only }: Loaded): boolean {
  const isPlain = (uri: string) => uri.startsWith(`${only}/`) && snapshot.file(uri)?.role === 'plain';
  return snapshot.bundles().some((bundle) => isChosen(bundle, only)) || reported.some(isPlain);
}
