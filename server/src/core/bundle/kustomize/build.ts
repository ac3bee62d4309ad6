/** A kustomization built as `kubectl kustomize` 1.33 (kustomize 5.6) builds it, with the place of every value. */
import type { MapValue, Origin, Scalar } from '../../value';
import { get, scalar } from '../../value';
import { accumulate, newAccumulator } from './accumulate';
import type { Context, Files, ParsedFiles, Patched } from './context';
import { attempt } from './context';
import { fixReferences } from './fix-references';
import { idOf } from './identity';
import { isNearMiss } from './idle';
import type { Item } from './item';
import type { Root } from './kustomization';
import { kustomizationFiles, loadRoot, textsOf } from './kustomization';
import { generatedRoot } from './generated-root';
import { withPairs } from './labels';
import type { Unwritable } from './rewritten';
import { rewritten, unquoted, unwritable } from './rewritten';
import { derived, map, text, textual } from './made';
import { hashNames } from './name-hash';
import { plainManifests } from './plain-manifests';
import type { Idle, Incomplete, Problem, ProblemCode } from './problem';
import { sharing } from './shared-labels';
import { sorted } from './sort';
import type { Supply } from './supply';
import { supplyObjects, withSupplied } from './supply';
import { removeIn, setIn } from './tree';
import { resolveVars } from './vars';

export interface BuildOptions {
  /** Documents of earlier builds; give the same map again and unchanged files are not parsed again. */
  readonly parsed?: ParsedFiles;
  /** What the tool that applies the kustomization adds to it. */
  readonly supply?: Supply | undefined;
}

/** An object of the result. */
export interface BuiltResource {
  /** Each value points to where a person would edit it (value.ts, Origin). */
  readonly tree: MapValue;
  /** The document the object came from, or the generator entry that made it. */
  readonly source: Origin;
  /** What it was called before the build gave it other names, oldest first. */
  readonly formerNames: readonly string[];
}

export interface Build {
  /** In the order of the real tool. Where it would fail, what could be built without the failing steps. */
  readonly resources: readonly BuiltResource[];
  /**
   * Not empty exactly when the real tool refuses the kustomization. Where the result is incomplete, what is not found
   * may be in what is missing, so it is no problem.
   */
  readonly problems: readonly Problem[];
  /** Why the result may lack objects or changes that the real tool would have. */
  readonly incomplete: readonly Incomplete[];
  /** What changes nothing, where all objects are here; near misses also where a file of resources is still to be filled. */
  readonly idle: readonly Idle[];
  /** The kustomizations that the result is made of, the built one first. */
  readonly roots: readonly Root[];
  /** Folders of whose files the result depends on the names. */
  readonly listed: ReadonlySet<string>;
  /** Every URI that the result depends on, also those of files that do not exist yet. */
  readonly read: ReadonlySet<string>;
  /** What each patch was applied to, in this order. */
  readonly patched: readonly Patched[];
}

/** Builds the kustomization in a folder. `folder` is its URI without a slash at the end. */
export function buildKustomization(folder: string, files: Files, options: BuildOptions = {}): Build {
  const context: Context = {
    files,
    parsed: options.parsed ?? (new Map() as ParsedFiles),
    problems: [],
    incomplete: [],
    idle: [],
    isHollow: false,
    loadsAnywhere: options.supply?.loadsAnywhere === true,
    roots: new Map(),
    listed: new Set(),
    patched: [],
    read: new Set(),
    shapes: undefined,
    isSchemaSet: false,
    metadata: { origin: false, transformers: false },
  };
  const resources = attempt(context, () => buildIn(context, folder, options.supply), []);
  const { incomplete, read, roots, listed, patched } = context;
  const problems = withoutFollowers(context.problems, incomplete);
  const isWhole = problems.length === 0 && incomplete.length === 0;
  const idle = isWhole ? context.idle.filter((one) => !context.isHollow || isNearMiss(one)) : [];
  return { resources, problems, incomplete, idle, roots: [...roots.values()], listed, read, patched };
}

/** What stands for a build that could not be made. */
export function nothingBuilt(from: string): Build {
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

/** Where objects are missing, what looks for them finds nothing: the reason is said, and not all that follows from it. */
function withoutFollowers(problems: readonly Problem[], incomplete: readonly Incomplete[]): Problem[] {
  const isMissing = incomplete.length > 0 || problems.some(({ code }) => losing.has(code));
  const seen = new Set<string>();
  return problems.filter(({ code, message, span }) => {
    // A base that is used twice has its problems once; so has a value that many fields lead through.
    const key = `${code} ${span.uri} ${span.start} ${code === 'invalid-configuration' ? '' : message}`;
    if (seen.has(key) || (isMissing && code === 'target-not-found')) return false;
    seen.add(key);
    return true;
  });
}

const losing: ReadonlySet<ProblemCode> = new Set([
  'file-not-found',
  'outside-root',
  'cycle',
  'invalid-yaml',
  'invalid-kustomization',
  'invalid-resource',
  'wrong-kind',
  'invalid-generator',
]);

function buildIn(context: Context, folder: string, supply: Supply | undefined): BuiltResource[] {
  const isBare = supply !== undefined && kustomizationFiles(context, folder).length === 0;
  if (isBare && supply.manifests.tool === 'argo') {
    const items = plainManifests(context, folder, supply);
    // One by one, since two of one identity are no mistake here.
    for (const item of items) supplyObjects([item], supply);
    return items.map(({ tree, source }) => ({ tree, source, formerNames: [] }));
  }
  const written = isBare
    ? generatedRoot(context, folder, supply)
    : loadRoot(context, folder, [], { uri: `${folder}/kustomization.yaml`, start: 0, end: 0 });
  const root = supply ? withSupplied(context, written, supply) : written;
  const metadata = textsOf(root.tree, 'buildMetadata');
  const asks = (word: string) => metadata.find((written) => written.text === word);
  // Transformers are told apart from generators by the origins, so these are kept for both.
  context.metadata = {
    origin: metadata.length > 0,
    transformers: asks('transformerAnnotations') !== undefined,
  };
  const into = newAccumulator();
  accumulate(context, root, into, folder);
  hashNames(into.items);
  fixReferences(context, into.items, into.configuration);
  sharing(into.items, () =>
    attempt(context, () => resolveVars(into.items, into.vars, into.configuration.varReference), undefined),
  );
  const kept = into.items.filter((item) => !isLocal(item));
  if (supply) attempt(context, () => supplyObjects(kept, supply), undefined);
  const managed = asks('managedByLabel');
  const origins = asks('originAnnotations');
  const transformers = asks('transformerAnnotations');
  const order = attempt(context, () => sorted(kept, get(root.tree, 'sortOptions')), kept);
  return order.map((item) => {
    let { tree } = item;
    if (managed) tree = annotated(tree, 'labels', 'app.kubernetes.io/managed-by', 'kustomize-(devel)', managed);
    if (origins && item.origin !== undefined)
      tree = annotated(tree, 'annotations', 'config.kubernetes.io/origin', item.origin, origins);
    if (transformers && item.transformations.length > 0)
      tree = annotated(tree, 'annotations', 'alpha.config.kubernetes.io/transformations', listed(item), transformers);
    const { printed, faulty } = finished(tree);
    const { kind, name } = idOf(printed);
    if (name === '' && !kind.endsWith('List')) {
      const { uri, start, end } = item.source;
      const message = 'a patch or replacement took the name of this object away';
      context.problems.push({ code: 'invalid-resource', message, span: { uri, start, end } });
    }
    if (faulty) {
      const { uri, start, end } = faulty.scalar.origin;
      context.problems.push({ code: 'invalid-resource', message: faulty.reason, span: { uri, start, end } });
    }
    return { tree: printed, source: item.source, formerNames: formerNames(item) };
  });
}

function formerNames(item: Item): string[] {
  const { name } = idOf(item.tree);
  return [...new Set(item.previous.map((id) => id.name))].filter((former) => former !== name);
}

/** Objects that only configure tools are left out. */
function isLocal({ tree }: Item): boolean {
  const annotations = get(tree, 'metadata', 'annotations');
  const local = scalar(annotations, 'config.kubernetes.io/local-config');
  return local !== undefined && local.text !== 'false';
}

function annotated(tree: MapValue, field: string, key: string, value: string, at: Scalar): MapValue {
  const origin = derived(at.origin);
  const old = get(tree, 'metadata', field);
  const pair = { key: text(key, origin), value: text(value, origin) };
  return setIn(tree, ['metadata', field], withPairs(old?.type === 'map' ? old : map([], origin), [pair]), origin);
}

function listed({ transformations }: Item): string {
  return transformations.map((one) => `- ${one.trimEnd().replaceAll('\n', '\n  ')}\n`).join('');
}

/** An object as it is printed, and what in it cannot be. */
interface Finished {
  readonly printed: MapValue;
  readonly faulty: Unwritable | undefined;
}

const known = new WeakMap<MapValue, Finished>();

function finished(tree: MapValue): Finished {
  const before = known.get(tree);
  if (before) return before;
  const printed = rewritten(tidy(tree));
  const result = { printed, faulty: unwritable(printed) };
  known.set(tree, result);
  return result;
}

/** Annotations are written anew: their values are texts, their keys lose their quotes, and an empty map of them is left out. */
function tidy(tree: MapValue): MapValue {
  const annotations = get(tree, 'metadata', 'annotations');
  if (annotations === undefined) return tree;
  if (annotations.type !== 'map' || annotations.entries.length === 0)
    return removeIn(tree, ['metadata', 'annotations']);
  const entries = annotations.entries.map(({ key, value }) => ({ key: unquoted(key), value: textual(value) }));
  const isAsIs = entries.every(({ key, value }, index) => {
    const old = annotations.entries[index];
    return key === old?.key && value === old.value;
  });
  return isAsIs ? tree : setIn(tree, ['metadata', 'annotations'], { ...annotations, entries }, annotations.origin);
}
