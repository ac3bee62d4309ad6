/**
 * Kustomizations that are applied on their own, built and kept up to date. What one builds is a world of its own: its
 * resources share one `uri`, the bundle's id, so that to links and rules a bundle is like one file; their spans lie in
 * the files that a person would edit.
 */
import type { Deployment } from './bundle/deployment';
import { folderOf, foldersOf } from './bundle/directory';
import type { Build } from './bundle/kustomize/build';
import { buildKustomization } from './bundle/kustomize/build';
import type { Files, ParsedFiles } from './bundle/kustomize/context';
import type { Named } from './bundle/role';
import type { BundleRoot } from './bundle/roots';
import { findRoots } from './bundle/roots';
import type { Finding } from './finding';
import type { Judge } from './judge';
import { keysOf } from './keys';
import { readResources } from './kinds/read';
import type { Links, Resolution } from './links';
import { createLinks, namespacesAgree } from './links';
import type { Ask, Lookup } from './lookup';
import { createLookup } from './lookup';
import type { Reference, Resource, SelectorUse } from './resource';
import { sameKind } from './resource';
import type { Settings } from './settings';

/** A bundle as it stands: what a kustomization builds. */
export interface Bundle {
  /** The `uri` of its resources. */
  readonly id: string;
  /** The kustomization file that it is built from, and its folder. */
  readonly from: string;
  readonly folder: string;
  /** What applies it and adds to it: a Kustomization of Flux, an Application of Argo CD. */
  readonly deployment: Deployment | undefined;
  /** In the order in which they are printed. */
  readonly resources: readonly Resource[];
  /** The names that resources had before the build gave them others. */
  readonly formerly: ReadonlyMap<Resource, readonly string[]>;
  /** The files that it is made of, also such as are missing. */
  readonly reads: ReadonlySet<string>;
  /** Folders of whose files the names count. */
  readonly listed: ReadonlySet<string>;
  /** False when it builds on something that is not here, a chart or a remote resource: what is missing may stand there. */
  readonly complete: boolean;
}

/** What bundles need of the workspace. */
export interface Host {
  readonly judge: Judge;
  /** The settings that hold for a kustomization file. */
  readonly settings: (kustomization: string) => Settings;
  readonly textOf: (uri: string) => string | undefined;
  /** The workspace folder of a file. */
  readonly rootOf: (uri: string) => string;
  /** The files that are known in a folder and its subfolders. */
  readonly filesBelow: (folder: string) => readonly string[];
  /** Links of the plain files, for what a bundle lacks. */
  readonly outside: (ask: Ask) => Links;
  /** Told which keys of plain files a bundle's findings depend on. */
  readonly asked: (id: string, keys: ReadonlySet<string>) => void;
}

export interface Bundles {
  /** Takes what a kustomization file names; undefined when the file is gone. */
  set(kustomization: string, named: Named | undefined): void;
  /** Takes what a file says about kustomizations that Flux and Argo CD apply. */
  deploy(uri: string, deployments: readonly Deployment[]): void;
  /** Takes note that the text of a file has changed. */
  change(uri: string): void;
  /** All bundles are built and judged anew: a setting has changed. */
  reset(): void;
  /** A key that the findings of a bundle depend on has changed. True when there is such a bundle. */
  outdate(id: string): boolean;
  /** Files whose findings may have changed since the last call. */
  takeStale(): string[];
  /** A bundle that has been built is made of this file. */
  isRead(uri: string): boolean;
  /** All files that bundles are made of, also such as are missing. */
  reads(): string[];
  all(): readonly Bundle[];
  get(id: string): Bundle | undefined;
  /** Bundles that are made of a file, in the order of their kustomizations. */
  of(uri: string): readonly Bundle[];
  /** Links of a bundle's resources, for one state of the workspace. */
  links(bundle: Bundle, ask: Ask): Links;
  /** What is found in a file, by the bundles that it holds in. */
  findings(uri: string): ReadonlyMap<Bundle, readonly Finding[]>;
  /** A bundle with its trees, which are not kept. */
  render(bundle: Bundle): Build;
  /** What the kustomization of a folder builds by itself, a bundle or not. */
  build(folder: string): Build;
}

interface Kept extends Bundle {
  readonly lookup: Lookup;
  /** Findings of the build, and of each resource by itself. */
  readonly local: readonly Finding[];
  /** All findings by the file they stand in; undefined until asked for. */
  byFile: ReadonlyMap<string, readonly Finding[]> | undefined;
}

export function createBundles(host: Host): Bundles {
  const named = new Map<string, Named>();
  const kept = new Map<string, Kept>();
  const readers = new Map<string, Set<string>>();
  const listers = new Map<string, Set<string>>();
  const dirty = new Set<string>();
  /** Documents by their texts, so that a base that many build on is parsed once. */
  const parsed: ParsedFiles = new Map();
  const stale = new Set<string>();
  const deployments = new Map<string, readonly Deployment[]>();
  /** What is built, by its id; undefined while that has to be found out again. */
  let roots: ReadonlyMap<string, BundleRoot> | undefined = new Map();

  function drop(id: string): void {
    const bundle = kept.get(id);
    if (!bundle) return;
    for (const uri of bundle.reads) {
      unfile(readers, uri, id);
      stale.add(uri);
    }
    for (const folder of bundle.listed) unfile(listers, folder, id);
    kept.delete(id);
    host.asked(id, new Set());
  }

  function build(root: BundleRoot): void {
    drop(root.id);
    const bundle = render(host, parsed, root);
    kept.set(bundle.id, bundle);
    for (const uri of bundle.reads) {
      file(readers, uri, bundle.id);
      stale.add(uri);
    }
    for (const folder of bundle.listed) file(listers, folder, bundle.id);
  }

  function refresh(): void {
    if (!roots) {
      const found = findRoots(named, [...deployments.values()].flat(), host.rootOf);
      roots = new Map(found.map((root) => [root.id, root]));
      for (const { id, from, deployment } of [...kept.values()]) {
        const root = roots.get(id);
        if (root?.from !== from || root.deployment !== deployment) drop(id);
      }
      for (const id of roots.keys()) if (!kept.has(id)) dirty.add(id);
    }
    for (const id of dirty) {
      const root = roots.get(id);
      if (root) build(root);
    }
    dirty.clear();
  }

  function forget(bundle: Kept): void {
    bundle.byFile = undefined;
    for (const uri of bundle.reads) stale.add(uri);
  }

  function byFile(bundle: Kept): ReadonlyMap<string, readonly Finding[]> {
    if (bundle.byFile) return bundle.byFile;
    const asked = new Set<string>();
    const links = linksOf(host, bundle, bundle.lookup, (key) => asked.add(key));
    const judged = bundle.resources.some(isFragment) ? [] : bundle.resources;
    const linked = judged.flatMap((resource) => host.judge.linked(resource, links, host.settings(bundle.from)));
    host.asked(bundle.id, asked);
    const found = new Map<string, Finding[]>();
    for (const finding of [...bundle.local, ...linked]) {
      const file = found.get(finding.at.uri);
      if (file) file.push(finding);
      else found.set(finding.at.uri, [finding]);
    }
    bundle.byFile = found;
    return found;
  }

  const of = (uri: string) => [...(readers.get(uri) ?? [])].flatMap((id) => kept.get(id) ?? []).sort(byFrom);

  return {
    set(kustomization, names) {
      if (names) named.set(kustomization, names);
      else named.delete(kustomization);
      roots = undefined;
    },
    deploy(uri, found) {
      if (found.length === 0 && !deployments.has(uri)) return;
      if (found.length > 0) deployments.set(uri, found);
      else deployments.delete(uri);
      roots = undefined;
    },
    change(uri) {
      const listed = listers.size === 0 ? [] : foldersOf(uri, '').flatMap((folder) => [...(listers.get(folder) ?? [])]);
      for (const id of [...(readers.get(uri) ?? []), ...listed]) dirty.add(id);
    },
    reset() {
      for (const id of kept.keys()) dirty.add(id);
    },
    outdate(id) {
      const bundle = kept.get(id);
      if (bundle) forget(bundle);
      return bundle !== undefined;
    },
    takeStale() {
      refresh();
      const taken = [...stale];
      stale.clear();
      return taken;
    },
    isRead: (uri) => readers.has(uri),
    reads: () => (refresh(), [...readers.keys()]),
    all: () => (refresh(), [...kept.values()].sort(byFrom)),
    get: (id) => (refresh(), kept.get(id)),
    of: (uri) => (refresh(), of(uri)),
    links: (bundle, ask) => linksOf(host, bundle, kept.get(bundle.id)?.lookup ?? createLookup(keysOf), ask),
    findings(uri) {
      refresh();
      return new Map(of(uri).map((bundle) => [bundle, byFile(bundle).get(uri) ?? []]));
    },
    render: (bundle) => built(host, parsed, bundle),
    build: (folder) => built(host, parsed, { from: `${folder}/`, deployment: undefined }),
  };
}

/** In the order of the kustomizations. */
function byFrom(a: Bundle, b: Bundle): number {
  return a.from < b.from || (a.from === b.from && a.id < b.id) ? -1 : 1;
}

function file(index: Map<string, Set<string>>, key: string, id: string): void {
  const known = index.get(key);
  if (known) known.add(id);
  else index.set(key, new Set([id]));
}

function unfile(index: Map<string, Set<string>>, key: string, id: string): void {
  const known = index.get(key);
  known?.delete(id);
  if (known?.size === 0) index.delete(key);
}

/** A build that throws is logged, and builds nothing. */
function built(host: Host, parsed: ParsedFiles, { from, deployment }: Omit<BundleRoot, 'id'>): Build {
  try {
    const files: Files = { text: host.textOf, below: host.filesBelow };
    return buildKustomization(folderOf(from), files, { parsed, supply: deployment?.supply });
  } catch (error) {
    host.judge.failed('kustomize build', from, error);
    return {
      resources: [],
      problems: [],
      incomplete: [],
      idle: [],
      roots: [],
      listed: new Set(),
      read: new Set([from]),
      patched: [],
    };
  }
}

function render(host: Host, parsed: ParsedFiles, root: BundleRoot): Kept {
  const { id, from, deployment } = root;
  const build = built(host, parsed, root);
  const settings = host.settings(from);
  const reads = build.resources.flatMap(({ tree, source }, index) =>
    readResources({ ...tree, origin: source }, false, index, settings.namespace || undefined, id),
  );
  const formerly = new Map(
    reads.flatMap(({ resource }) => {
      const names = build.resources[resource.index]?.formerNames ?? [];
      return names.length > 0 ? [[resource, names] as const] : [];
    }),
  );
  const resources = reads.map(({ resource }) => resource);
  const lookup = createLookup(keysOf);
  for (const resource of resources) lookup.add(resource, folderOf(id));
  const complete = build.problems.length === 0 && build.incomplete.length === 0 && !resources.some(deploysMore);
  const local = host.judge.rendered({ from, build, reads: resources.some(isFragment) ? [] : reads }, settings);
  return {
    id,
    from,
    folder: folderOf(from),
    deployment,
    resources,
    formerly,
    reads: deployment ? new Set([...build.read, deployment.uri]) : build.read,
    listed: build.listed,
    complete,
    lookup,
    local,
    byFile: undefined,
  };
}

/** Objects by which a GitOps tool applies further manifests, which may hold what is missing. */
function deploysMore({ group, kind }: Resource): boolean {
  return (
    (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') ||
    (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') ||
    (group === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet')) ||
    (group === 'helm.cattle.io' && kind === 'HelmChart')
  );
}

/** A workload without selector and labels is no object to apply: something else completes it. */
function isFragment({ group, pods, selectors }: Resource): boolean {
  return group === 'apps' && pods !== undefined && pods.labels.length === 0 && selectors.length === 0;
}

/** What the resources of a bundle are linked with: each other, and for what the bundle lacks perhaps files outside of it. */
function linksOf(host: Host, bundle: Bundle, lookup: Lookup, ask: Ask): Links {
  const inside = createLinks(
    lookup,
    {
      rootOf: folderOf,
      resourcesOf: () => bundle.resources,
      filesIn: () => [bundle.id],
      hasUnreadable: () => !bundle.complete,
      textOf: (uri) => host.textOf(uri) ?? '',
      closedWorld: () => host.settings(bundle.from).closedWorld,
    },
    () => undefined,
  );
  const outside = host.outside(ask);

  /** What is found inside, else what stands outside: it may be applied beside the bundle, so it silences a finding. */
  function widened<T>(
    within: (from: Resource, question: T) => Resolution,
    beyond: (from: Resource, question: T) => Resolution,
  ): (from: Resource, question: T) => Resolution {
    const known = new Map<T, Resolution>();
    return (from, question) => {
      const found = within(from, question);
      if (found.unknown || found.to.length > 0) return found;
      const answer = known.get(question) ?? widen(found, beyond({ ...from, uri: bundle.from }, question));
      known.set(question, answer);
      return answer;
    };
  }

  function widen(found: Resolution, { to, maybe }: Resolution): Resolution {
    const others = [...to, ...maybe].filter(({ uri }) => !bundle.reads.has(uri));
    return others.length > 0 ? { ...found, maybe: [...found.maybe, ...others] } : found;
  }

  return {
    ...inside,
    isComplete: () => bundle.complete,
    formerly: (from, { target, name, namespace }) =>
      [...bundle.formerly].flatMap(([to, names]) =>
        names.includes(name.text) &&
        sameKind(to, target) &&
        (to.clusterScoped || namespacesAgree(namespace?.text ?? from.namespace, to.namespace) !== 'no')
          ? [to]
          : [],
      ),
    resolve: widened(
      (from, reference: Reference) => inside.resolve(from, reference),
      (from, reference) => outside.resolve(from, reference),
    ),
    select: widened(
      (from, use: SelectorUse) => inside.select(from, use),
      (from, use) => outside.select(from, use),
    ),
  };
}
