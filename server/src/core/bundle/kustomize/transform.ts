/** All transformers of one kustomization, in the order of the real tool (kusttarget_configplugin). */
import { get, items as itemsOf, scalar } from '../../value';
import { addAffix } from './affix';
import type { Accumulator } from './accumulate';
import { ownLabels } from './builtin-fields';
import { mergeSpecs } from './configuration';
import { fieldSpecsOf } from './configurations';
import type { Context } from './context';
import { attempt } from './context';
import type { FieldSpec } from './field-spec';
import { setImage } from './images';
import type { Root } from './kustomization';
import { isTrue, pairsOf, textsOf } from './kustomization';
import { addPairs } from './labels';
import { setNamespace } from './namespace';
import { builtinOrigin } from './origins';
import { applyJsonEntry, applyMergeFile, applyPatchEntry } from './patches';
import { runTransformerFiles } from './plugins';
import { replace } from './replacements';
import { setReplicas } from './replicas';
import { sharing } from './shared-labels';

export function transform(context: Context, root: Root, into: Accumulator, top: string): void {
  const { tree } = root;
  const { items, configuration } = into;
  const steps: (readonly [kind: string, ...steps: (() => void)[]])[] = [];
  const add = (kind: string, step: () => void) => steps.push([kind, step]);
  // One transformer for all entries.
  const addAll = <T>(kind: string, all: readonly T[], step: (one: T) => void) => {
    if (all.length > 0) steps.push([kind, ...all.map((one) => () => step(one))]);
  };
  const legacy = itemsOf(get(tree, 'patches')).filter((item) => item.type === 'scalar');
  const merges = [...textsOf(tree, 'patchesStrategicMerge'), ...legacy];
  addAll('PatchStrategicMergeTransformer', merges, (path) => applyMergeFile(context, root, items, path));
  for (const entry of itemsOf(get(tree, 'patches')))
    if (entry.type === 'map') add('PatchTransformer', () => applyPatchEntry(context, root, items, entry));
  const namespace = scalar(tree, 'namespace');
  if (namespace && namespace.text !== '')
    add('NamespaceTransformer', () => setNamespace(items, namespace, configuration.namespace));
  const prefix = scalar(tree, 'namePrefix');
  if (prefix && prefix.text !== '')
    add('PrefixTransformer', () => addAffix(items, prefix, 'prefix', configuration.namePrefix));
  const suffix = scalar(tree, 'nameSuffix');
  if (suffix && suffix.text !== '')
    add('SuffixTransformer', () => addAffix(items, suffix, 'suffix', configuration.nameSuffix));
  const labels = itemsOf(get(tree, 'labels'));
  for (const entry of labels) {
    const own = fieldSpecsOf(get(entry, 'fields'));
    add('LabelTransformer', () => {
      const joined = (a: readonly FieldSpec[], b: readonly FieldSpec[]) => mergeSpecs(a, b, entry.origin);
      const more = joined(own, configuration.labels);
      const specs = isTrue(entry, 'includeSelectors')
        ? joined(more, configuration.commonLabels)
        : joined(isTrue(entry, 'includeTemplates') ? joined(more, configuration.templateLabels) : more, ownLabels);
      addPairs(items, get(entry, 'pairs'), specs);
    });
  }
  const commonLabels = get(tree, 'commonLabels');
  if (pairsOf(commonLabels).length > 0 || labels.length > 0)
    add('LabelTransformer', () => addPairs(items, commonLabels, configuration.commonLabels));
  const annotations = get(tree, 'commonAnnotations');
  if (pairsOf(annotations).length > 0)
    add('AnnotationsTransformer', () => addPairs(items, annotations, configuration.commonAnnotations));
  for (const entry of itemsOf(get(tree, 'patchesJson6902')))
    add('PatchJson6902Transformer', () => applyJsonEntry(context, root, items, entry));
  for (const entry of itemsOf(get(tree, 'replicas'))) {
    const name = scalar(entry, 'name');
    const count = scalar(entry, 'count');
    if (name && count) add('ReplicaCountTransformer', () => setReplicas(items, name, count, configuration.replicas));
  }
  for (const entry of [...itemsOf(get(tree, 'images')), ...itemsOf(get(tree, 'imageTags'))])
    add('ImageTagTransformer', () => setImage(context, root, items, entry, configuration.images));
  const replacements = itemsOf(get(tree, 'replacements'));
  addAll('ReplacementTransformer', replacements, (entry) => replace(context, root, items, entry));
  for (const [kind, ...own] of steps) run(context, into, builtinOrigin(top, root, kind), ...own);
  runTransformerFiles(context, root, into, top);
}

/** Runs the steps of one transformer and, where `buildMetadata` asks for it, notes it at every object: the real tool does not ask which changed. */
export function run(context: Context, into: Accumulator, origin: string, ...steps: readonly (() => void)[]): void {
  const { items } = into;
  into.byId = undefined;
  for (const step of steps) sharing(items, () => attempt(context, step, undefined));
  if (!context.metadata.origin) return;
  for (const item of items)
    // An object that lost its origin to a patch comes from the step that follows.
    if (item.origin === undefined) item.origin = origin;
    else if (context.metadata.transformers) item.transformations.push(origin);
}
