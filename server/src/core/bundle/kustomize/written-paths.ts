/** The paths that a kustomization writes, and what each may name. */
import type { MapValue, Scalar, Span, Value } from '../../value';
import { resolvePath } from '../../uri';
import { isRemote } from './paths';

/**
 * `resource`: a file of objects, or a folder with a kustomization. `component`: a folder with a Component. `content`: a
 * file whose text becomes a value of a generated object, whatever it holds.
 */
export type PathUse = 'resource' | 'component' | 'patch' | 'file' | 'content';

export interface WrittenPath {
  /** The path itself, without quotes and without the key before it. Empty where it is still to be written. */
  readonly at: Span;
  readonly text: string;
  /** The field at the top of the kustomization that it stands in. */
  readonly field: string;
  readonly use: PathUse;
  /** What it names, a file or a folder; undefined for what is fetched from elsewhere, or not written yet. */
  readonly uri: string | undefined;
}

/** Fields that hold paths, lists passed over: what each takes. */
const uses: Readonly<Record<string, PathUse>> = {
  resources: 'resource',
  bases: 'resource',
  components: 'component',
  patches: 'patch',
  'patches.path': 'patch',
  patchesStrategicMerge: 'patch',
  'patchesJson6902.path': 'patch',
  'replacements.path': 'file',
  crds: 'file',
  configurations: 'file',
  'openapi.path': 'file',
  generators: 'resource',
  transformers: 'resource',
  validators: 'resource',
  'configMapGenerator.files': 'content',
  'configMapGenerator.envs': 'content',
  'configMapGenerator.env': 'content',
  'secretGenerator.files': 'content',
  'secretGenerator.envs': 'content',
  'secretGenerator.env': 'content',
  'helmCharts.valuesFile': 'file',
  'helmCharts.additionalValuesFiles': 'file',
};

/** All paths of a kustomization in the order in which they are written. `folder` is where it lies. */
export function writtenPaths(tree: MapValue, folder: string): readonly WrittenPath[] {
  return pathsIn(tree, '', folder);
}

function pathsIn(value: Value, field: string, folder: string): WrittenPath[] {
  if (value.type === 'map')
    return value.entries.flatMap(({ key, value: child }) =>
      pathsIn(child, field === '' ? key.text : `${field}.${key.text}`, folder),
    );
  if (value.type === 'list') return value.items.flatMap((item) => pathsIn(item, field, folder));
  const use = uses[field];
  return use && !isInline(value) ? [pathOf(value, field, use, folder)] : [];
}

/** An object written in place of a path. */
function isInline({ style, text }: Scalar): boolean {
  return style === 'block' || /[\n{]/.test(text);
}

/** The path that a scalar of such a field is. */
export function pathOf({ text, style, origin }: Scalar, field: string, use: PathUse, folder: string): WrittenPath {
  // An entry of files may say what its key in the ConfigMap is: `key=path`.
  const cut = field.endsWith('.files') ? text.indexOf('=') + 1 : 0;
  const quote = style === 'plain' ? 0 : 1;
  const at = { uri: origin.uri, start: origin.start + quote + cut, end: origin.end - quote };
  const path = text.slice(cut);
  const isHere = path !== '' && !isRemote(path);
  const [top = field] = field.split('.');
  return { at, text: path, field: top, use, uri: isHere ? resolvePath(folder, path) : undefined };
}
