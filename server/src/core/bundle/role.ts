/** What a file is to Podpath, by where it lies and who names it. */
import { get, items } from '../value';
import { readDocument } from '../yaml';
import { folderOf } from './directory';

/**
 * `plain`: applied as it is. `owned`: named by a kustomization, so judged only as part of it. `chart`: part of a Helm chart.
 * `kustomization`: the kustomization file itself.
 */
export type Role = 'plain' | 'owned' | 'chart' | 'kustomization';

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

/** The files that a kustomization names, as URIs. Folders, remote resources and inline patches name none. */
export function ownedFiles(uri: string, text: string): string[] {
  const { value } = readDocument(uri, text, { start: 0, end: text.length }, 'kustomize');
  const named = [
    ...lists.flatMap((key) => items(get(value, key))),
    ...paths.flatMap((key) => items(get(value, key)).flatMap((item) => get(item, 'path') ?? [])),
    ...items(get(value, 'helmCharts')).flatMap((item) => get(item, 'valuesFile') ?? []),
  ];
  return named.flatMap((item) =>
    item.type === 'scalar' && isLocalFile(item.text) ? [join(folderOf(uri), item.text)] : [],
  );
}

function isLocalFile(text: string): boolean {
  return /\.(?:ya?ml|json)$/.test(text) && !/[\n{]|:\/\/|^[\w.-]+@|^github\.com\//.test(text);
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
