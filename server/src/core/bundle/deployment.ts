/** Objects by which Flux and Argo CD apply a folder of the repository, and what they add to it. */
import { splitDocuments } from '../text';
import type { Entry, MapValue, Origin, Scalar, Span, Value } from '../value';
import { boolean, entries, entry, get, items, scalar } from '../value';
import { readDocument } from '../yaml';
import type { Supply } from './kustomize/supply';

export interface Deployment {
  /** The file it is written in. */
  readonly uri: string;
  /** `Kustomization web`, for people. */
  readonly title: string;
  /** Its name, where it is written. */
  readonly at: Span;
  /** The folder, as written: from the root of the repository. */
  readonly path: Scalar;
  readonly supply: Supply;
}

/** The deployments in a file that name a folder. What a template still changes is left out. */
export function deploymentsIn(uri: string, text: string): readonly Deployment[] {
  if (!/kustomize\.toolkit\.fluxcd\.io|argoproj\.io/.test(text)) return [];
  return splitDocuments(text).flatMap((at) => {
    if (!/["']?kind["']?\s*:\s*["']?(?:Kustomization|Application)\b/.test(text.slice(at.start, at.end))) return [];
    const { value, problems } = readDocument(uri, text, at, 'kubectl');
    if (problems.length > 0 || value?.type !== 'map') return [];
    const group = (scalar(value, 'apiVersion')?.text ?? '').split('/')[0];
    const kind = scalar(value, 'kind')?.text;
    if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') return fromFlux(uri, value);
    if (group === 'argoproj.io' && kind === 'Application') return fromArgo(uri, value);
    return [];
  });
}

function fromFlux(uri: string, tree: MapValue): Deployment[] {
  const spec = get(tree, 'spec');
  const path = scalar(spec, 'path');
  const name = scalar(tree, 'metadata', 'name');
  // An artifact that is put together from elsewhere has other paths.
  if (!path || !name || !isFolder(path.text) || scalar(spec, 'sourceRef', 'kind')?.text === 'ExternalArtifact')
    return [];
  const postBuild = entry(spec, 'postBuild');
  const supply: Supply = {
    fields: [
      ...renamed(spec, 'targetNamespace', 'namespace'),
      ...['namePrefix', 'nameSuffix', 'components', 'patches', 'images'].flatMap((key) => renamed(spec, key, key)),
    ],
    metadata: get(spec, 'commonMetadata'),
    namespace: undefined,
    variables: postBuild && texts(get(postBuild.value, 'substitute')),
    ignoresMissing: boolean(get(spec, 'ignoreMissingComponents')) === true,
    loadsAnywhere: true,
    generates: true,
    at: path.origin,
  };
  return [{ uri, title: `Kustomization ${name.text}`, at: name.origin, path, supply }];
}

function fromArgo(uri: string, tree: MapValue): Deployment[] {
  const spec = get(tree, 'spec');
  const name = scalar(tree, 'metadata', 'name');
  const namespace = scalar(spec, 'destination', 'namespace');
  const one = get(spec, 'source');
  return [...items(get(spec, 'sources')), ...(one ? [one] : [])].flatMap((source) => {
    const path = scalar(source, 'path');
    if (!path || !name || !isFolder(path.text) || entry(source, 'helm') || entry(source, 'plugin')) return [];
    const options = get(source, 'kustomize');
    const supply: Supply = {
      fields: [
        ...['namePrefix', 'nameSuffix', 'namespace', 'commonAnnotations', 'components', 'patches', 'replicas'].flatMap(
          (key) => renamed(options, key, key),
        ),
        ...labels(options),
        ...images(options),
      ],
      metadata: undefined,
      namespace: namespace && namespace.text !== '' ? namespace : undefined,
      variables: undefined,
      ignoresMissing: boolean(get(options, 'ignoreMissingComponents')) === true,
      loadsAnywhere: false,
      generates: false,
      at: path.origin,
    };
    return [{ uri, title: `Application ${name.text}`, at: name.origin, path, supply }];
  });
}

/** A path that leads into the repository, and not to all of it. */
function isFolder(path: string): boolean {
  return path.split('/').some((part) => part !== '' && part !== '.') && !/[{$]|\.\./.test(path);
}

/** A field under the name that kustomize has for it; an empty text is none. */
function renamed(from: Value | undefined, key: string, to: string): Entry[] {
  const found = entry(from, key);
  if (!found || (found.value.type === 'scalar' && (found.value.text === '' || found.value.value === null))) return [];
  return [{ key: made(to, found.key.origin), value: found.value }];
}

/** `commonLabels` go into selectors unless the Application says otherwise. */
function labels(options: Value | undefined): Entry[] {
  const found = entry(options, 'commonLabels');
  if (!found || boolean(get(options, 'labelWithoutSelector')) !== true)
    return renamed(options, 'commonLabels', 'commonLabels');
  const at = found.key.origin;
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

function texts(substitutes: Value | undefined): ReadonlyMap<string, Scalar> {
  return new Map(
    entries(substitutes).flatMap(({ key, value }) => (value.type === 'scalar' ? [[key.text, value] as const] : [])),
  );
}

/** A word that is written there in another way. */
function made(text: string, { uri, start, end }: Origin): Scalar {
  return { type: 'scalar', value: text, text, style: 'plain', origin: { uri, start, end, verbatim: false } };
}
