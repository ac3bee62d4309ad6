/** An Application of Argo CD (argoproj.io/v1alpha1; reposerver and util/kustomize say what it adds). */
import type { Entry, MapValue, Origin, Scalar, Value } from '../value';
import { boolean, entry, get, items, scalar } from '../value';
import { matchesText } from '../glob';
import type { Deployment } from './deployment';
import { isFolder, made, renamed } from './deployment-fields';
import type { Manifests } from './kustomize/supply';

/** What its sources apply, one deployment for each folder of the repository. */
export function argoApplications(uri: string, tree: MapValue): Deployment[] {
  const spec = get(tree, 'spec');
  const name = scalar(tree, 'metadata', 'name');
  const namespace = scalar(spec, 'destination', 'namespace');
  const several = items(get(spec, 'sources'));
  const one = get(spec, 'source');
  return (several.length > 0 || !one ? several : [one]).flatMap((source): Deployment[] => {
    const path = scalar(source, 'path');
    if (!path || !name || !isFolder(path.text) || ['helm', 'plugin', 'chart'].some((key) => entry(source, key)))
      return [];
    const options = get(source, 'kustomize');
    return [
      {
        uri,
        title: `Application ${name.text}`,
        at: name.origin,
        path,
        supply: {
          fields: [
            ...[
              'namePrefix',
              'nameSuffix',
              'namespace',
              'commonAnnotations',
              'components',
              'patches',
              'replicas',
            ].flatMap((key) => renamed(options, key, key)),
            ...labels(options),
            ...images(options),
          ],
          metadata: undefined,
          namespace: namespace && namespace.text !== '' ? namespace : undefined,
          variables: undefined,
          ignoresMissing: boolean(get(options, 'ignoreMissingComponents')) === true,
          loadsAnywhere: false,
          manifests: manifestsOf(get(source, 'directory')),
          at: path.origin,
        },
        variablesFrom: [],
      },
    ];
  });
}

/** The files of a folder without kustomization and chart: those in it, and with `recurse` also those below. */
function manifestsOf(directory: Value | undefined): Manifests {
  const recurse = boolean(get(directory, 'recurse')) === true;
  const include = scalar(directory, 'include')?.text || '*';
  const exclude = scalar(directory, 'exclude')?.text ?? '';
  return {
    tool: 'argo',
    accepts: (path) =>
      /\.(?:ya?ml|json)$/.test(path) &&
      (recurse || !path.includes('/')) &&
      matchesText(include, path) &&
      !matchesText(exclude, path),
  };
}

/** `commonLabels` go into selectors unless the Application says otherwise. */
function labels(options: Value | undefined): Entry[] {
  const found = entry(options, 'commonLabels');
  if (!found || boolean(get(options, 'labelWithoutSelector')) !== true)
    return renamed(options, 'commonLabels', 'commonLabels');
  const at: Origin = found.key.origin;
  const templates = boolean(get(options, 'labelIncludeTemplates')) === true;
  const item: MapValue = {
    type: 'map',
    flow: false,
    origin: at,
    entries: [
      { key: made('pairs', at), value: found.value },
      { key: made('includeTemplates', at), value: { ...made(String(templates), at), value: templates } },
    ],
  };
  return [{ key: made('labels', at), value: { type: 'list', flow: false, origin: at, items: [item] } }];
}

/** `[name=]newName[:tag][@digest]`, as `kustomize edit set image` takes it. */
function images(options: Value | undefined): Entry[] {
  const found = entry(options, 'images');
  if (!found) return [];
  const parsed = items(found.value).flatMap((item) => (item.type === 'scalar' ? image(item) : []));
  return [
    { key: made('images', found.key.origin), value: { ...found.value, type: 'list', flow: false, items: parsed } },
  ];
}

function image(written: Scalar): MapValue[] {
  const parts = /^(?:([^=]*)=)?([^:@]*(?::\d+\/[^:@]*)?)(?::([^@]*))?(?:@(.*))?$/.exec(written.text);
  if (!parts) return [];
  const [, name, newName = '', newTag, digest] = parts;
  const fields = { name: name ?? newName, newName: name === undefined ? undefined : newName, newTag, digest };
  const pairs = Object.entries(fields).flatMap(([key, text]) =>
    text === undefined || text === '' || text === '*'
      ? []
      : [{ key: made(key, written.origin), value: made(text, written.origin) }],
  );
  return [{ type: 'map', flow: false, origin: written.origin, entries: pairs }];
}
