/** What a file is to Podpath, by where it lies and who names it. */
import { scalar } from '../value';
import { readDocument } from '../yaml';
import { folderOf } from './directory';
import { withFieldNames } from './kustomize/kustomization-fields';
import { baseName, kustomizationNames } from './kustomize/paths';
import type { WrittenPath } from './kustomize/written-paths';
import { writtenPaths } from './kustomize/written-paths';

/**
 * `plain`: applied as it is. `owned`: named by a kustomization, so judged only as part of it. `chart`: part of a Helm chart.
 * `kustomization`: the kustomization file itself. `config`: settings of Podpath. `excluded`: left out by a setting.
 */
export type Role = 'plain' | 'owned' | 'chart' | 'kustomization' | 'config' | 'excluded';

export function isKustomization(uri: string): boolean {
  return uri.includes('/') && kustomizationNames.includes(baseName(uri));
}

export function isChart(uri: string): boolean {
  return uri.endsWith('/Chart.yaml');
}

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
  const { value } = readDocument(uri, text, { start: 0, end: text.length }, 'kubectl');
  if (value?.type !== 'map') return { files: [], folders: [], component: false };
  const tree = withFieldNames(value);
  const isFolder = ({ text: path, use }: WrittenPath) =>
    use === 'component' || (use === 'resource' && !/\.(?:ya?ml|json)$/.test(path));
  const paths = writtenPaths(tree, folderOf(uri));
  const named = (some: readonly WrittenPath[]) => some.flatMap(({ uri: target }) => target ?? []);
  return {
    files: named(paths.filter((path) => path.use !== 'content' && !isFolder(path))),
    folders: named(paths.filter(isFolder)),
    component: scalar(tree, 'kind')?.text === 'Component',
  };
}
