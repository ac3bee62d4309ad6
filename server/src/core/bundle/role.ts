/** What a file is to Podpath, by where it lies and who names it. */
import type { Value } from '../value';
import { get, items, scalar } from '../value';
import { readDocument } from '../yaml';
import { folderOf } from './directory';

/**
 * `plain`: applied as it is. `owned`: named by a kustomization, so judged only as part of it. `chart`: part of a Helm chart.
 * `kustomization`: the kustomization file itself. `config`: settings of Podpath. `excluded`: left out by a setting.
 */
export type Role = 'plain' | 'owned' | 'chart' | 'kustomization' | 'config' | 'excluded';

/** The file names of a kustomization, as kustomize knows them (konfig.RecognizedKustomizationFileNames). */
export function isKustomization(uri: string): boolean {
  return /\/(?:kustomization\.ya?ml|Kustomization)$/.test(uri);
}

export function isChart(uri: string): boolean {
  return uri.endsWith('/Chart.yaml');
}

/** Fields of a kustomization that name files which become part of its result. */
const lists = [
  'resources',
  'bases',
  'components',
  'patchesStrategicMerge',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
];
const paths = ['patches', 'patchesJson6902', 'replacements'];

/** Fields of a kustomization that name folders of other kustomizations. */
const folders = ['resources', 'bases', 'components'];

/** What a kustomization names in its own workspace. Remote resources and inline patches are left out. */
export interface Named {
  /** Files that become part of its result, as URIs. */
  readonly files: readonly string[];
  /** Folders of other kustomizations, as URIs. */
  readonly folders: readonly string[];
  /** A Component: it works on what names it, and has no result of its own. */
  readonly component: boolean;
}

/** Reads what the kustomization file at `uri` names. */
export function namedBy(uri: string, text: string): Named {
  const { value } = readDocument(uri, text, { start: 0, end: text.length }, 'kustomize');
  const folder = folderOf(uri);
  const texts = (values: readonly (Value | undefined)[]) =>
    values.flatMap((item) => (item?.type === 'scalar' && !isElsewhere(item.text) ? [item.text] : []));
  const named = texts([
    ...lists.flatMap((key) => items(get(value, key))),
    ...paths.flatMap((key) => items(get(value, key)).map((item) => get(item, 'path'))),
    ...items(get(value, 'helmCharts')).map((item) => get(item, 'valuesFile')),
  ]);
  const others = texts(folders.flatMap((key) => items(get(value, key))));
  return {
    files: named.filter(isFile).map((path) => join(folder, path)),
    folders: others.filter((path) => !isFile(path)).map((path) => join(folder, path)),
    component: scalar(value, 'kind')?.text === 'Component',
  };
}

const isFile = (path: string) => /\.(?:ya?ml|json)$/.test(path);

/** Remote resources and inline patches. */
function isElsewhere(text: string): boolean {
  return /[\n{]|:\/\/|^[\w.-]+@|^github\.com\//.test(text);
}

/** A relative path beside a folder URI. */
function join(folder: string, path: string): string {
  const parts = path.startsWith('/') ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
