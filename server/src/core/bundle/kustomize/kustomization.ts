/** The kustomization file: finding it, reading it, and refusing what the real tool's strict reader refuses. */
import type { Entry, MapValue, Scalar, Span, Value } from '../../value';
import { get, items, scalar } from '../../value';
import type { Context } from './context';
import { documentsOf, readText } from './context';
import { checkFields, withFieldNames } from './kustomization-fields';
import { valueOf } from './load';
import { kustomizationNames } from './paths';
import { fail } from './problem';

/** A kustomization and where its paths start. */
export interface Root {
  readonly folder: string;
  readonly uri: string;
  /** The whole file. */
  readonly text: string;
  readonly tree: MapValue;
  readonly isComponent: boolean;
  /** The folders that led here, outermost first, this one included. */
  readonly chain: readonly string[];
}

/** The file names of a folder's kustomization that exist. Normally one. */
export function kustomizationFiles(context: Context, folder: string): { uri: string; text: string }[] {
  return kustomizationNames.flatMap((name) => {
    const uri = `${folder}/${name}`;
    const text = readText(context, uri);
    return text === undefined ? [] : [{ uri, text }];
  });
}

/** Reads the kustomization of a folder. `from` is the text that names the folder, for problems. */
export function loadRoot(context: Context, folder: string, chain: readonly string[], from: Span): Root {
  const found = kustomizationFiles(context, folder);
  const [file, other] = found;
  if (!file) return fail('file-not-found', `there is no ${kustomizationNames.join(', ')} in the folder`, from);
  const start = { uri: file.uri, start: 0, end: 0 };
  if (other) return fail('invalid-kustomization', 'a folder has one kustomization file; here are several', start);
  const [document] = documentsOf(context, file.uri, file.text, 'kubectl');
  const written = valueOf(document);
  if (written === undefined || (written.type === 'scalar' && written.value === null))
    return fail('invalid-kustomization', 'the kustomization is empty', start);
  if (written.type !== 'map')
    return fail('invalid-kustomization', 'a kustomization must be a map of fields', written.origin);
  const tree = withFieldNames(written);
  context.problems.push(...checkFields(tree));
  const kind = scalar(tree, 'kind');
  const apiVersion = scalar(tree, 'apiVersion');
  const isComponent = kind?.text === 'Component';
  if (kind && kind.text !== 'Kustomization' && !isComponent)
    return fail('invalid-kustomization', `the kind is Kustomization or Component, not ${kind.text}`, kind.origin);
  const version = `kustomize.config.k8s.io/${isComponent ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion && apiVersion.text !== version && !(apiVersion.text === 'kustomize.config.k8s.io/v1' && !isComponent))
    return fail(
      'invalid-kustomization',
      `the apiVersion of a ${kind?.text ?? 'Kustomization'} is ${version}`,
      apiVersion.origin,
    );
  if (!tree.entries.some(({ key, value }) => isContent(key, value)))
    return fail('invalid-kustomization', 'the kustomization is empty', tree.origin);
  const root: Root = { folder, uri: file.uri, text: file.text, tree, isComponent, chain: [...chain, folder] };
  context.roots.set(file.uri, root);
  return root;
}

/** Empty lists and maps are content for the real tool, empty texts are not. */
function isContent(key: Scalar, value: Value): boolean {
  if (['apiVersion', 'kind', 'metadata'].includes(key.text)) return false;
  return value.type !== 'scalar' || (value.value !== null && value.text !== '');
}

/** The texts of a list field, as scalars. */
export function textsOf(tree: Value, ...keys: readonly string[]): readonly Scalar[] {
  return items(get(tree, ...keys)).flatMap((item) => (item.type === 'scalar' && item.value !== null ? [item] : []));
}

/** The pairs of a map field of texts, sorted by key as the real tool goes through them. */
export function pairsOf(value: Value | undefined): readonly (Entry & { readonly value: Scalar })[] {
  if (value?.type !== 'map') return [];
  return value.entries
    .flatMap(({ key, value: text }) =>
      text.type === 'scalar' ? [{ key, value: text.value === null ? { ...text, text: '', value: '' } : text }] : [],
    )
    .sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
}

/** A switch of the kustomization. */
export function isTrue(tree: Value | undefined, ...keys: readonly string[]): boolean {
  return scalar(tree, ...keys)?.value === true;
}
