/** The objects of a folder of plain manifests, as Argo CD applies them (reposerver findManifests). */
import type { MapValue, Value } from '../../value';
import { get, scalar } from '../../value';
import type { Context } from './context';
import { attempt, documentsOf, filesBelow, readText } from './context';
import type { Item } from './item';
import { newItem } from './item';
import { valueOf } from './load';
import { baseName, kustomizationNames, relativePath } from './paths';
import type { Supply } from './supply';

/** Nothing is built: what is no object is passed over, and one identity may come twice. A chart is left to Helm. */
export function plainManifests(context: Context, folder: string, { manifests }: Supply): Item[] {
  const known = filesBelow(context, folder);
  const charts = known.filter((uri) => baseName(uri) === 'Chart.yaml').map((uri) => uri.slice(0, -'Chart.yaml'.length));
  return known.flatMap((uri) => {
    const isBuilt = kustomizationNames.includes(baseName(uri)) || charts.some((chart) => uri.startsWith(chart));
    if (isBuilt || !manifests.accepts(relativePath(folder, uri))) return [];
    const text = readText(context, uri) ?? '';
    if (text.includes('+argocd:skip-file-rendering')) return [];
    return documentsOf(context, uri, text, 'kubectl')
      .flatMap((document) => attempt(context, () => valueOf(document), undefined) ?? [])
      .flatMap(objectsIn)
      .map((object) => newItem(object, object.origin, undefined));
  });
}

function objectsIn(value: Value): MapValue[] {
  if (value.type !== 'map') return [];
  const kind = scalar(value, 'kind')?.text ?? '';
  const listed = get(value, 'items');
  if (kind.endsWith('List') && listed?.type === 'list') return listed.items.flatMap(objectsIn);
  return kind !== '' && scalar(value, 'apiVersion') && get(value, 'metadata')?.type === 'map' ? [value] : [];
}
