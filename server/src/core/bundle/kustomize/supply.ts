/**
 * What a GitOps tool adds to the kustomization that it applies. Flux and Argo CD write most of it into the
 * kustomization before they build it (fluxcd/pkg/kustomize Generator; Argo CD runs `kustomize edit`), and change the
 * objects that come out.
 */
import type { Entry, MapValue, Origin, Scalar, Value } from '../../value';
import { entries, entry, get, items, scalar } from '../../value';
import type { Context } from './context';
import type { Item } from './item';
import type { Root } from './kustomization';
import { kustomizationFiles, pairsOf } from './kustomization';
import { withPairs } from './labels';
import { asText, list, map } from './made';
import { setNamespace } from './namespace';
import { resolvePath } from '../../uri';
import type { Variables } from './substitute';
import { substitute } from './substitute';
import { setIn, withEntry } from './tree';

/** What a tool takes of a folder without a kustomization: Flux makes one, Argo CD applies the files as they are. */
export interface Manifests {
  readonly tool: 'flux' | 'argo';
  /** By the path below the folder. */
  readonly accepts: (path: string) => boolean;
}

export interface Supply {
  /** Fields of a kustomization: texts replace what is there, lists and maps are added to it. */
  readonly fields: readonly Entry[];
  /** Labels and annotations for the metadata of all objects (Flux `commonMetadata`). */
  readonly metadata: Value | undefined;
  /** The namespace of objects that name none (Argo CD `destination.namespace`). */
  readonly namespace: Scalar | undefined;
  /** What `${NAME}` stands for; undefined when nothing is substituted. */
  readonly variables: Variables | undefined;
  /** Components that are not there are passed over. */
  readonly ignoresMissing: boolean;
  /** Files outside of the folder may be read, as Flux allows. */
  readonly loadsAnywhere: boolean;
  /** How a folder without a kustomization is applied. */
  readonly manifests: Manifests;
  /** Where the folder is named. */
  readonly at: Origin;
}

/** The kustomization with the fields that are supplied. */
export function withSupplied(context: Context, root: Root, { fields, ignoresMissing }: Supply): Root {
  const tree = fields.reduce((to, field) => withField(context, root, to, field, ignoresMissing), root.tree);
  return { ...root, tree };
}

function withField(
  context: Context,
  root: Root,
  tree: MapValue,
  { key, value }: Entry,
  ignoresMissing: boolean,
): MapValue {
  const old = entry(tree, key.text)?.value;
  if (value.type === 'scalar') return withEntry(tree, key, value);
  if (value.type === 'map') {
    const pairs = old?.type === 'map' ? old : map([], value.origin);
    return withEntry(
      tree,
      key,
      value.entries.reduce((to, pair) => withEntry(to, pair.key, pair.value), pairs),
    );
  }
  const isThere = (item: Value) =>
    item.type !== 'scalar' || kustomizationFiles(context, resolvePath(root.folder, item.text)).length > 0;
  const added = key.text === 'components' && ignoresMissing ? value.items.filter(isThere) : value.items;
  if (added.length === 0) return tree;
  const named = new Set(added.map((item) => scalar(item, 'name')?.text));
  const kept = items(old).filter((item) => key.text !== 'images' || !named.has(scalar(item, 'name')?.text));
  return withEntry(tree, key, list([...kept, ...added], old?.origin ?? value.origin));
}

/** Changes the objects as the tool does it after the build. */
export function supplyObjects(objects: readonly Item[], supply: Supply): void {
  if (supply.namespace) setNamespace(objects, supply.namespace, [], { unsetOnly: true, subjects: 'none' });
  for (const item of objects) {
    for (const field of ['labels', 'annotations']) {
      const pairs = pairsOf(get(supply.metadata, field));
      const [first] = pairs;
      const old = get(item.tree, 'metadata', field);
      if (first)
        item.tree = setIn(
          item.tree,
          ['metadata', field],
          withPairs(old?.type === 'map' ? old : map([], first.key.origin), pairs.map(asTexts)),
          first.key.origin,
        );
    }
    if (supply.variables && !isLeftAlone(item.tree)) item.tree = substitute(item.tree, supply.variables);
  }
}

const asTexts = ({ key, value }: Entry & { readonly value: Scalar }) => ({ key, value: asText(value) });

/** Flux leaves objects alone that say so by label or annotation. */
function isLeftAlone(tree: MapValue): boolean {
  return ['labels', 'annotations'].some((field) =>
    entries(get(tree, 'metadata', field)).some(
      ({ key, value }) =>
        key.text === 'kustomize.toolkit.fluxcd.io/substitute' && value.type === 'scalar' && value.text === 'disabled',
    ),
  );
}
