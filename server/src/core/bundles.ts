/**
 * Kustomizations that are applied on their own, built and kept up to date. What one builds is a world of its own: its
 * resources share one `uri`, the bundle's id, so that to links and rules a bundle is like one file; their spans lie in
 * the files that a person would edit.
 */
import { isFragment } from './bundle/completeness';
import type { Deployments } from './bundle/deployment';
import { folderOf, foldersOf } from './bundle/directory';
import { add, remove } from './bundle/index-of-sets';
import type { Build } from './bundle/kustomize/build';
import type { ParsedFiles } from './bundle/kustomize/context';
import type { Named } from './bundle/role';
import type { BundleRoot, Roots } from './bundle/roots';
import { findRoots } from './bundle/roots';
import type { BuiltBundle } from './bundle-build';
import { buildBundle, buildFrom } from './bundle-build';
import { linkedOf } from './bundle-linked';
import { bundleLinks } from './bundle-links';
import type { Bundle, Host } from './bundle-types';
import type { FoundVariables } from './bundle-variables';
import { findVariables, sameVariables } from './bundle-variables';
import type { Finding } from './finding';
import { keysOf } from './keys';
import type { Links } from './links';
import type { Ask } from './lookup';
import { createLookup } from './lookup';

export interface Bundles {
  /** Takes what a kustomization file names; undefined when the file is gone. */
  set(kustomization: string, named: Named | undefined): void;
  /** Takes what a file says about kustomizations that Flux and Argo CD apply. */
  deploy(uri: string, deployments: Deployments): void;
  /** What is applied on its own; the same object until that may have changed. */
  applied(): Roots;
  /** Takes note that the text of a file has changed. */
  change(uri: string): void;
  /** All bundles are built and judged anew: a setting has changed. */
  reset(): void;
  /** A key that a bundle or its findings depend on has changed. True when it is a bundle that has asked. */
  outdate(asker: string): boolean;
  /** Files whose findings may have changed since the last call. */
  takeStale(): string[];
  /** A bundle that has been built is made of this file. */
  isRead(uri: string): boolean;
  /** All files that bundles are made of, also such as are missing. */
  reads(): string[];
  all(): readonly Bundle[];
  get(id: string): Bundle | undefined;
  /** Bundles that are made of a file, in the order of their kustomizations, then those that are deployed from there. */
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

/** Who asks for what the variables of a bundle depend on: this before the id of the bundle. */
const variablesOf = 'variables of ';

export function createBundles(host: Host): Bundles {
  const named = new Map<string, Named>();
  const kept = new Map<string, BuiltBundle>();
  const readers = new Map<string, Set<string>>();
  const listers = new Map<string, Set<string>>();
  const dirty = new Set<string>();
  /** Documents by their texts, so that a base that many build on is parsed once. */
  const parsed: ParsedFiles = new Map();
  const stale = new Set<string>();
  const suppliers = new Map<string, Set<string>>();
  const deployments = new Map<string, Deployments>();
  /** What is built, by its id; undefined while that has to be found out again. */
  let roots: ReadonlyMap<string, BundleRoot> | undefined = new Map();
  /** Thrown away whenever a kustomization or a deployment changes. */
  let known: Roots | undefined;
  /** The folders among which those were looked for that a generator deploys; undefined where none does. */
  let folders: ReadonlySet<string> | undefined;

  function applied(): Roots {
    if (known) return known;
    const all = [...deployments.values()];
    folders = all.some(({ perFolder }) => perFolder.length > 0) ? new Set(host.folders()) : undefined;
    return (known = findRoots(named, all, host));
  }

  /** Where a deployment names a folder without anything in it, it means another repository. */
  const isHere = ({ from, resources }: BuiltBundle) => resources.length > 0 || named.has(from);

  function drop(id: string): void {
    const bundle = kept.get(id);
    if (!bundle) return;
    for (const uri of bundle.reads) {
      remove(readers, uri, id);
      stale.add(uri);
    }
    for (const folder of bundle.listed) remove(listers, folder, id);
    for (const uri of bundle.supplied) {
      remove(suppliers, uri, id);
      stale.add(uri);
    }
    kept.delete(id);
    host.asked(id, new Set());
    host.asked(variablesOf + id, new Set());
  }

  function build(root: BundleRoot, found?: FoundVariables): void {
    const before = kept.get(root.id);
    drop(root.id);
    const bundle = buildBundle(host, parsed, root, found, before);
    kept.set(bundle.id, bundle);
    for (const uri of bundle.supplied) {
      add(suppliers, uri, bundle.id);
      stale.add(uri);
    }
    for (const uri of bundle.reads) {
      add(readers, uri, bundle.id);
      stale.add(uri);
    }
    for (const folder of bundle.listed) add(listers, folder, bundle.id);
  }

  function refresh(): void {
    if (!roots) {
      roots = new Map(applied().roots.map((root) => [root.id, root]));
      for (const { id, from, deployment } of [...kept.values()]) {
        const root = roots.get(id);
        if (root?.from !== from || root.deployment !== deployment) drop(id);
      }
      for (const id of roots.keys()) if (!kept.has(id)) dirty.add(id);
    }
    if (dirty.size === 0) return;
    const withVariables: BundleRoot[] = [];
    for (const root of roots.values()) {
      if (root.deployment && root.deployment.variablesFrom.length > 0) withVariables.push(root);
      else if (dirty.has(root.id)) build(root);
    }
    // Objects that hold variables may be built too, so these come last.
    for (const root of withVariables) {
      const found = variablesFor(root);
      if (dirty.has(root.id) || !sameVariables(kept.get(root.id)?.found, found)) build(root, found);
    }
    dirty.clear();
  }

  function variablesFor({ id, deployment }: BundleRoot): FoundVariables | undefined {
    if (!deployment) return undefined;
    const asked = new Set<string>();
    const builtFrom = (uri: string) =>
      [...(readers.get(uri) ?? [])].flatMap((reader) => kept.get(reader) ?? []).filter(({ found }) => !found);
    const found = findVariables(host, deployment, builtFrom, (key) => asked.add(key));
    host.asked(variablesOf + id, asked);
    return found;
  }

  function forget(bundle: BuiltBundle): void {
    bundle.byFile = undefined;
    bundle.linked.clear();
    for (const uri of [...bundle.reads, ...bundle.supplied]) stale.add(uri);
  }

  function byFile(bundle: BuiltBundle): ReadonlyMap<string, readonly Finding[]> {
    if (bundle.byFile) return bundle.byFile;
    const judged = bundle.resources.some(isFragment) ? [] : bundle.resources;
    const linked = judged.map((resource) => linkedOf(host, bundle, resource));
    host.asked(bundle.id, new Set(linked.flatMap(({ outside }) => [...outside])));
    const found = new Map<string, Finding[]>();
    for (const finding of [...bundle.local, ...linked.flatMap(({ findings }) => findings)]) {
      const file = found.get(finding.at.uri);
      if (file) file.push(finding);
      else found.set(finding.at.uri, [finding]);
    }
    bundle.byFile = found;
    return found;
  }

  const bundlesBy = (index: ReadonlyMap<string, ReadonlySet<string>>, uri: string) =>
    [...(index.get(uri) ?? [])]
      .flatMap((id) => kept.get(id) ?? [])
      .filter(isHere)
      .sort(byFrom);
  /** Made of the file, then deployed from there. */
  const of = (uri: string) => [
    ...bundlesBy(readers, uri),
    ...bundlesBy(suppliers, uri).filter(({ deployment, reads }) => deployment?.uri === uri && !reads.has(uri)),
  ];

  return {
    set(kustomization, names) {
      if (names) named.set(kustomization, names);
      else named.delete(kustomization);
      roots = known = undefined;
    },
    deploy(uri, found) {
      const isNone = found.single.length === 0 && found.perFolder.length === 0;
      if (isNone && !deployments.has(uri)) return;
      if (isNone) deployments.delete(uri);
      else deployments.set(uri, found);
      roots = known = undefined;
    },
    change(uri) {
      const listed = listers.size === 0 ? [] : foldersOf(uri, '').flatMap((folder) => [...(listers.get(folder) ?? [])]);
      for (const id of [...(readers.get(uri) ?? []), ...(suppliers.get(uri) ?? []), ...listed]) dirty.add(id);
      if (folders && !folders.has(folderOf(uri))) roots = known = undefined;
    },
    reset() {
      for (const id of kept.keys()) dirty.add(id);
    },
    outdate(asker) {
      const id = asker.startsWith(variablesOf) ? asker.slice(variablesOf.length) : undefined;
      if (id !== undefined) dirty.add(id);
      const bundle = kept.get(asker);
      if (bundle) forget(bundle);
      return bundle !== undefined || id !== undefined;
    },
    takeStale() {
      refresh();
      const taken = [...stale];
      stale.clear();
      return taken;
    },
    applied,
    isRead: (uri) => readers.has(uri),
    reads: () => (refresh(), [...readers.keys()]),
    all: () => (refresh(), [...kept.values()].filter(isHere).sort(byFrom)),
    get: (id) => (refresh(), kept.get(id)),
    of: (uri) => (refresh(), of(uri)),
    links: (bundle, ask) =>
      bundleLinks(host, bundle, kept.get(bundle.id)?.lookup ?? createLookup(keysOf), {
        inside: () => undefined,
        outside: ask,
        whole: () => undefined,
      }),
    findings(uri) {
      refresh();
      const found = new Map<Bundle, readonly Finding[]>(
        of(uri).map((bundle) => [bundle, byFile(bundle).get(uri) ?? []]),
      );
      // A variable may be wrong in the file that it is written in.
      for (const bundle of bundlesBy(suppliers, uri)) {
        const own = byFile(bundle).get(uri);
        if (own) found.set(bundle, own);
      }
      return found;
    },
    render: ({ from, supply }) => buildFrom(host, parsed, from, supply),
    build: (folder) => buildFrom(host, parsed, `${folder}/`, undefined),
  };
}

/** In the order of the kustomizations. */
function byFrom(a: Bundle, b: Bundle): number {
  return a.from < b.from || (a.from === b.from && a.id < b.id) ? -1 : 1;
}
