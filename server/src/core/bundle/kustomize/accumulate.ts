/** One kustomization after another: bases, generators, components, then the transformers (internal/target). */
import type { Scalar, Span } from '../../value';
import { get, items as itemsOf, scalar } from '../../value';
import { resolvePath } from '../../uri';
import { builtinConfiguration, withConfiguration } from './builtin-fields';
import type { Configuration } from './configuration';
import { emptyConfiguration, mergeConfigurations } from './configuration';
import { readConfigurations } from './configurations';
import type { Context } from './context';
import { attempt, documentsOf, markIncomplete, readText } from './context';
import { readCrds } from './crds';
import { absorb, generate } from './generate';
import { idOf, showId } from './identity';
import type { Item } from './item';
import { newItem } from './item';
import type { Root } from './kustomization';
import { kustomizationFiles, loadRoot, textsOf } from './kustomization';
import { objectsOf } from './load';
import { setSchema } from './openapi';
import { builtinOrigin, generatorsOrigin } from './origins';
import { pathsLike } from './paths-like';
import { isBelow, isRemote, relativePath } from './paths';
import { runGeneratorFiles } from './plugins';
import { fail } from './problem';
import { transform } from './transform';
import type { Var } from './vars';
import { addVar, mergeVars } from './vars';

/** What bases hand to the kustomization that uses them. */
export interface Accumulator {
  readonly items: Item[];
  /** The items by their identities; undefined when a step may have changed these since it was made. */
  byId: Map<string, Item> | undefined;
  configuration: Configuration;
  readonly vars: Var[];
}

export function newAccumulator(): Accumulator {
  return { items: [], byId: undefined, configuration: emptyConfiguration, vars: [] };
}

/** Builds the kustomization into the accumulator. `top` is the folder of the whole build, for origins. */
export function accumulate(context: Context, root: Root, into: Accumulator, top: string): void {
  const { tree } = root;
  setSchema(context, root);
  for (const path of [...textsOf(tree, 'resources'), ...textsOf(tree, 'bases')])
    attempt(context, () => addResource(context, root, path, into, top), undefined);
  const at = (get(tree, 'configurations') ?? tree).origin;
  const custom = readConfigurations(context, root);
  const own = attempt(context, () => mergeConfigurations(builtinConfiguration, custom, at), builtinConfiguration);
  addConfiguration(context, into, own, at);
  addConfiguration(context, into, readCrds(context, root), (get(tree, 'crds') ?? tree).origin);
  addGenerated(context, root, into, top);
  for (const path of textsOf(tree, 'components'))
    attempt(context, () => addComponent(context, root, path, into, top), undefined);
  transform(context, root, into, top);
  attempt(context, () => mergeVars(into.items, into.vars, itemsOf(get(tree, 'vars'))), undefined);
}

function addConfiguration(context: Context, into: Accumulator, configuration: Configuration, at: Span): void {
  into.configuration = attempt(
    context,
    () => withConfiguration(into.configuration, configuration, at),
    into.configuration,
  );
}

/** A file of objects, or the folder of another kustomization. */
export function addResource(context: Context, root: Root, path: Scalar, into: Accumulator, top: string): void {
  const uri = resolvePath(root.folder, path.text);
  const text = path.text === '' ? undefined : readText(context, uri);
  if (text !== undefined) {
    if (!context.loadsAnywhere && !isBelow(uri, root.folder))
      fail(
        'outside-root',
        `${path.text} lies outside the folder of the kustomization: kustomize reads files inside it only; name a folder with a kustomization`,
        path.origin,
      );
    const origin = context.metadata.origin ? `path: ${relativePath(top, uri)}\n` : undefined;
    const documents = documentsOf(context, uri, text, 'kustomize');
    let count = 0;
    for (const object of objectsOf(documents)) {
      count++;
      const item = newItem(object, object.origin, origin);
      const twin = add(into, item);
      if (twin) refuse([{ item, twin }], path);
    }
    // A file without objects waits for a tool that fills it, as Flux does.
    if (count === 0) context.isHollow = true;
    return;
  }
  const isFolder = path.text !== '' && kustomizationFiles(context, uri).length > 0;
  if (!isFolder && isRemote(path.text)) {
    markIncomplete(context, 'remote', `${path.text} is fetched from elsewhere`, path.origin);
    return;
  }
  const base = enter(context, root, path, uri);
  if (base.isComponent) fail('wrong-kind', `${path.text} is a Component: it belongs under components`, path.origin);
  const own = newAccumulator();
  accumulate(context, base, own, top);
  addConfiguration(context, into, own.configuration, path.origin);
  for (const one of own.vars) attempt(context, () => addVar(into.vars, one), undefined);
  addAll(into, own.items, path);
}

function enter(context: Context, root: Root, path: Scalar, folder: string): Root {
  if (path.text.startsWith('/'))
    fail(
      'outside-root',
      `${path.text} is an absolute path: kustomize enters a folder by a path from its kustomization only, as ${relativePath(root.folder, folder)} would be`,
      path.origin,
    );
  const above = root.chain.find((one) => isBelow(one, folder));
  if (above !== undefined)
    fail('cycle', `${path.text} leads back to a folder that this kustomization is built for`, path.origin);
  if (kustomizationFiles(context, folder).length === 0)
    fail('file-not-found', `there is no file and no kustomization ${path.text}`, path.origin, {
      wanted: path.text,
      candidates: pathsLike(context, root, path.text),
    });
  return loadRoot(context, folder, root.chain, path.origin);
}

function addComponent(context: Context, root: Root, path: Scalar, into: Accumulator, top: string): void {
  const folder = resolvePath(root.folder, path.text);
  if (isRemote(path.text) && kustomizationFiles(context, folder).length === 0) {
    markIncomplete(context, 'remote', `${path.text} is fetched from elsewhere`, path.origin);
    return;
  }
  const component = enter(context, root, path, folder);
  if (!component.isComponent)
    fail('wrong-kind', `${path.text} is no Component: it belongs under resources`, path.origin);
  accumulate(context, component, into, top);
  // A Component may give two objects one name.
  const items = into.items.splice(0);
  into.byId = undefined;
  addAll(into, items, path);
}

function addGenerated(context: Context, root: Root, into: Accumulator, top: string): void {
  const { tree } = root;
  const options = get(tree, 'generatorOptions');
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const)
    for (const written of itemsOf(get(tree, field)))
      attempt(
        context,
        () => {
          const origin = context.metadata.origin ? builtinOrigin(top, root, `${kind}Generator`) : undefined;
          const made = generate(context, root, kind, written, options, origin);
          absorb(into, made, (scalar(written, 'name') ?? written).origin);
        },
        undefined,
      );
  for (const field of ['helmCharts', 'helmChartInflationGenerator'])
    for (const chart of itemsOf(get(tree, field)))
      markIncomplete(context, 'helm', 'the chart is rendered by helm', (scalar(chart, 'name') ?? chart).origin);
  runGeneratorFiles(context, root, into, top, generatorsOrigin(context));
}

/** Adds an object, unless one of its identity is there: this is the answer, and such a kustomization does not build. */
function add(into: Accumulator, item: Item): Item | undefined {
  const { key } = idOf(item.tree);
  into.byId ??= new Map(into.items.map((other) => [idOf(other.tree).key, other]));
  const twin = into.byId.get(key);
  if (twin) return twin;
  into.byId.set(key, item);
  into.items.push(item);
  return undefined;
}

/** Adds the objects of a path; fails once for all that are there twice. */
function addAll(into: Accumulator, items: readonly Item[], path: Scalar): void {
  const twins = items.flatMap((item) => {
    const twin = add(into, item);
    return twin ? [{ item, twin }] : [];
  });
  refuse(twins, path);
}

interface Twins {
  readonly item: Item;
  /** What was there before. */
  readonly twin: Item;
}

/** Fails once for all objects of a path that are there twice. */
function refuse([first, ...others]: readonly Twins[], path: Scalar): void {
  if (!first) return;
  const more = others.length === 0 ? '' : `, as are ${others.length} more objects of ${path.text}`;
  const message = `${showId(idOf(first.item.tree))} is already among the resources${more}`;
  fail('duplicate-id', message, path.origin, { other: first.twin.source });
}
