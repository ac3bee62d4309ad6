/** `generators`, `transformers` and `validators`: the built-in ones as files, and those that are programs. */
import type { Scalar, Span, Value } from '../../value';
import { get, items as itemsOf, scalar } from '../../value';
import type { Accumulator } from './accumulate';
import { addResource, newAccumulator } from './accumulate';
import { addAffix } from './affix';
import { fieldSpecsOf } from './configurations';
import type { Context } from './context';
import { attempt, markIncomplete, readDocuments } from './context';
import { absorb, generate } from './generate';
import { idOf } from './identity';
import { generateAccount } from './iam-policy';
import { setImage } from './images';
import { inlineText, placed } from './inline';
import type { Item } from './item';
import { newItem } from './item';
import type { Root } from './kustomization';
import { textsOf } from './kustomization';
import { addPairs } from './labels';
import { hashNames } from './name-hash';
import { objectsOf } from './load';
import { isNull } from './made';
import type { Subjects } from './namespace';
import { setNamespace } from './namespace';
import { configuredBy } from './origins';
import { readPatch } from './patch-text';
import { applyJson, applyMergeFile, applyPatchEntry } from './patches';
import { relativePath } from './paths';
import { fail } from './problem';
import { replace } from './replacements';
import { setReplicas } from './replicas';
import { run } from './transform';
import { addValue } from './value-add';

/** The objects that configure generators or transformers: written in place, in files, or built by a kustomization. */
function configurationsOf(context: Context, root: Root, field: string, top: string): Item[] {
  const into = newAccumulator();
  // Those written in place come first.
  const isInline = ({ text }: Scalar) => text.includes('\n') || text.startsWith('{');
  const all = textsOf(root.tree, field);
  for (const written of all.filter(isInline))
    attempt(context, () => into.items.push(...inlineObjects(context, written)), undefined);
  for (const written of all.filter((one) => !isInline(one)))
    attempt(context, () => addResource(context, root, written, into, top), undefined);
  return into.items;
}

function inlineObjects(context: Context, written: Scalar): Item[] {
  const part = inlineText(written, context.files.text(written.origin.uri) ?? '');
  const documents = readDocuments(written.origin.uri, part.text, 'kustomize');
  const placedDocuments = documents.map((document) => ({
    ...document,
    value: document.value && placed(document.value, part),
  }));
  return [...objectsOf(placedDocuments)].map((object) => newItem(object, object.origin, undefined));
}

type Step = (context: Context, root: Root, items: Item[], written: Value) => void;

const specsOf = (written: Value) => fieldSpecsOf(get(written, 'fieldSpecs'));

/** Prefixes and suffixes have no fields that they are put into unless the file names them. */
function affixed(items: readonly Item[], written: Value, ...sides: readonly ('prefix' | 'suffix')[]): void {
  const specs = get(written, 'fieldSpecs');
  if (specs === undefined || isNull(specs))
    fail('invalid-configuration', `${scalar(written, 'kind')?.text ?? ''} needs fieldSpecs`, written.origin);
  for (const side of sides) {
    const affix = scalar(written, side);
    if (affix && affix.text !== '') addAffix(items, affix, side, fieldSpecsOf(specs));
  }
}

const transformers: Readonly<Record<string, Step>> = {
  NamespaceTransformer: (_, __, items, written) => {
    const namespace = scalar(written, 'metadata', 'namespace');
    if (!namespace) return;
    setNamespace(items, namespace, specsOf(written), {
      unsetOnly: scalar(written, 'unsetOnly')?.value === true,
      subjects: subjectsOf(scalar(written, 'setRoleBindingSubjects')),
    });
  },
  PrefixTransformer: (_, __, items, written) => affixed(items, written, 'prefix'),
  SuffixTransformer: (_, __, items, written) => affixed(items, written, 'suffix'),
  PrefixSuffixTransformer: (_, __, items, written) => affixed(items, written, 'prefix', 'suffix'),
  HashTransformer: (_, __, items) => hashNames(items),
  ValueAddTransformer: addValue,
  LabelTransformer: (_, __, items, written) => addPairs(items, get(written, 'labels'), specsOf(written)),
  AnnotationsTransformer: (_, __, items, written) => addPairs(items, get(written, 'annotations'), specsOf(written)),
  PatchTransformer: (context, root, items, written) => applyPatchEntry(context, root, items, written),
  PatchStrategicMergeTransformer: (context, root, items, written) => {
    const inline = scalar(written, 'patches');
    for (const path of [...textsOf(written, 'paths'), ...(inline ? [inline] : [])])
      applyMergeFile(context, root, items, path);
  },
  PatchJson6902Transformer: (context, root, items, written) => {
    const patch = readPatch(context, root, scalar(written, 'path'), scalar(written, 'jsonOp'), written.origin);
    if (patch.type === 'json')
      applyJson(context, root, items, get(written, 'target'), patch.operations, written, false);
  },
  ReplicaCountTransformer: (_, __, items, written) => {
    const name = scalar(written, 'replica', 'name');
    const count = scalar(written, 'replica', 'count');
    if (name && count) setReplicas(items, name, count, specsOf(written));
  },
  ImageTagTransformer: (context, root, items, written) => {
    const image = get(written, 'imageTag');
    if (image) setImage(context, root, items, image, specsOf(written));
  },
  ReplacementTransformer: (context, root, items, written) => {
    for (const entry of itemsOf(get(written, 'replacements'))) replace(context, root, items, entry);
  },
};

function subjectsOf(written: Scalar | undefined): Subjects {
  const mode = written?.text;
  if (!written || mode === undefined || mode === '' || mode === 'defaultOnly') return 'defaultOnly';
  if (mode === 'allServiceAccounts' || mode === 'none') return mode;
  return fail(
    'invalid-configuration',
    'setRoleBindingSubjects is defaultOnly, allServiceAccounts or none',
    written.origin,
  );
}

/** Runs the transformers and validators that files configure. */
export function runTransformerFiles(context: Context, root: Root, into: Accumulator, top: string): void {
  for (const field of ['transformers', 'validators'])
    for (const item of configurationsOf(context, root, field, top)) {
      const step = builtin(context, item, transformers);
      if (step) run(context, into, originOf(item, top), () => step(context, root, into.items, item.tree));
    }
}

/** Runs the generators that files configure. */
export function runGeneratorFiles(
  context: Context,
  root: Root,
  into: Accumulator,
  top: string,
  isNoted: boolean,
): void {
  const objectOf = (kind: 'ConfigMap' | 'Secret') => (item: Item, origin: string | undefined) =>
    generate(context, root, kind, generatorOf(item), undefined, origin);
  const generators: Readonly<Record<string, (item: Item, origin: string | undefined) => Item>> = {
    ConfigMapGenerator: objectOf('ConfigMap'),
    SecretGenerator: objectOf('Secret'),
    IAMPolicyGenerator: ({ tree }, origin) => generateAccount(tree, origin),
  };
  for (const item of configurationsOf(context, root, 'generators', top)) {
    const make = builtin(context, item, generators);
    if (!make) continue;
    const origin = isNoted ? originOf(item, top) : undefined;
    attempt(context, () => absorb(into, make(item, origin), placeOf(item)), undefined);
  }
}

function originOf({ tree, source }: Item, top: string): string {
  return configuredBy(relativePath(top, source.uri), idOf(tree));
}

/** A generator file names its object as objects do, in the metadata, unless it has a name of its own; `env` is a field of kustomizations. */
function generatorOf({ tree }: Item): Value {
  const named = ['name', 'namespace'].flatMap((field) => {
    const own = scalar(tree, field);
    const value = own && own.text !== '' ? own : scalar(tree, 'metadata', field);
    return value ? [{ key: { ...value, text: field, value: field }, value }] : [];
  });
  const others = tree.entries.filter(({ key }) => !['name', 'namespace', 'env'].includes(key.text));
  return { ...tree, entries: [...others, ...named] };
}

function placeOf({ tree }: Item): Scalar['origin'] {
  return (scalar(tree, 'metadata', 'name') ?? tree).origin;
}

function builtin<T>(context: Context, item: Item, known: Readonly<Record<string, T>>): T | undefined {
  const { kind } = idOf(item.tree);
  const isBuiltin = scalar(item.tree, 'apiVersion')?.text === 'builtin';
  const step = isBuiltin ? known[kind] : undefined;
  if (step === undefined) {
    const at: Span = placeOf(item);
    const annotations = get(item.tree, 'metadata', 'annotations');
    const isFunction = !isNull(get(annotations, 'config.kubernetes.io/function'));
    const what = isFunction ? 'is a function that runs in a container or as a program' : 'is a program or a helm chart';
    markIncomplete(context, kind === 'HelmChartInflationGenerator' ? 'helm' : 'function', `${kind} ${what}`, at);
  }
  return step;
}
