/**
 * An ApplicationSet of Argo CD: the Applications that it makes from a list of values, or one for each folder of the
 * repository. What other generators give is not known here; a template that asks for none of it says all the same what
 * is applied.
 */
import type { Entry, MapValue, Scalar, Value } from '../value';
import { boolean, entries, entry, get, items, scalar } from '../value';
import { matchesSegments } from '../glob';
import { argoApplications } from './argo';
import type { Deployment, Deployments, FolderDeployments } from './deployment';
import { noDeployments } from './deployment';
import { changedText } from './kustomize/made';

/** Values by the names that templates have for them: `cluster`, `values.size`, `path[0]`. */
type Parameters = ReadonlyMap<string, string>;

export function applicationSetOf(uri: string, tree: MapValue): Deployments {
  const spec = get(tree, 'spec');
  const template = get(spec, 'template');
  // A patch of the template may change whatever it likes.
  if (template?.type !== 'map' || entry(spec, 'templatePatch')) return noDeployments;
  const isGo = boolean(get(spec, 'goTemplate')) === true;
  const applications = (parameters: Parameters) => argoApplications(uri, filledMap(template, parameters, isGo));
  const single: Deployment[] = [];
  const perFolder: FolderDeployments[] = [];
  for (const generator of items(get(spec, 'generators'))) {
    const list = get(generator, 'list');
    const git = get(generator, 'git');
    const isPlain = ![generator, list, git].some((part) => entry(part, 'template') || entry(part, 'selector'));
    const elements = entry(list, 'elementsYaml') ? undefined : get(list, 'elements');
    if (isPlain && elements?.type === 'list')
      single.push(...elements.items.flatMap((element) => applications(new Map(flat(element, '')))));
    else if (isPlain && entry(git, 'directories') && !entry(git, 'files'))
      perFolder.push(folderDeployments(uri, git, applications));
    else single.push(...applications(new Map()));
  }
  return { single, perFolder };
}

/** The values of a map, those of inner maps under longer names. */
function flat(value: Value, name: string): (readonly [string, string])[] {
  if (value.type === 'scalar') return [[name, value.text]];
  return entries(value).flatMap((pair) => flat(pair.value, name === '' ? pair.key.text : `${name}.${pair.key.text}`));
}

function folderDeployments(
  uri: string,
  git: Value | undefined,
  applications: (parameters: Parameters) => readonly Deployment[],
): FolderDeployments {
  const patterns = items(get(git, 'directories')).map((item) => ({
    pattern: scalar(item, 'path')?.text.replace(/^\.?\/|\/$/g, '') ?? '',
    excludes: boolean(get(item, 'exclude')) === true,
  }));
  const prefix = scalar(git, 'pathParamPrefix')?.text;
  const values = flat(get(git, 'values') ?? noValues, 'values');
  const known = new Map<string, readonly Deployment[]>();
  return {
    uri,
    matches(path) {
      if (path.split('/').some((part) => part.startsWith('.'))) return false;
      const found = patterns.filter(({ pattern }) => matchesSegments(pattern, path));
      return found.length > 0 && !found.some(({ excludes }) => excludes);
    },
    deploy(path) {
      const made = known.get(path) ?? applications(new Map([...values, ...pathParameters(path, prefix)]));
      known.set(path, made);
      return made;
    },
  };
}

const noValues: MapValue = {
  type: 'map',
  entries: [],
  flow: false,
  origin: { uri: '', start: 0, end: 0, verbatim: false },
};

function pathParameters(path: string, prefix: string | undefined): (readonly [string, string])[] {
  const parts = path.split('/');
  const base = parts.at(-1) ?? '';
  const name = prefix ? `${prefix}.path` : 'path';
  return [
    [name, path],
    [`${name}.path`, path],
    [`${name}.basename`, base],
    [`${name}.basenameNormalized`, normalized(base)],
    ...parts.map((part, index) => [`${name}[${index}]`, part] as const),
  ];
}

/** As Argo CD makes a name of it (utils.SanitizeName). */
function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

function filledMap(map: MapValue, parameters: Parameters, isGo: boolean): MapValue {
  return {
    ...map,
    entries: map.entries.map(({ key, value }): Entry => ({
      key: filledText(key, parameters, isGo),
      value: filled(value, parameters, isGo),
    })),
  };
}

function filled(value: Value, parameters: Parameters, isGo: boolean): Value {
  if (value.type === 'scalar') return filledText(value, parameters, isGo);
  if (value.type === 'map') return filledMap(value, parameters, isGo);
  return { ...value, items: value.items.map((item) => filled(item, parameters, isGo)) };
}

/** What is not known stays, and so does more of Go's templates than the name of a value. */
function filledText(old: Scalar, parameters: Parameters, isGo: boolean): Scalar {
  if (!old.text.includes('{{')) return old;
  const text = old.text.replace(/\{\{([^{}]*)\}\}/g, (whole, inner: string) => {
    const name = isGo ? goName(inner.trim()) : inner.trim();
    return (name === undefined ? undefined : parameters.get(name)) ?? whole;
  });
  return text === old.text ? old : { ...changedText(old, text), value: text };
}

function goName(expression: string): string | undefined {
  const [, prefix = '', segment] = /^index \.((?:\w+\.)?)path\.segments (\d+)$/.exec(expression) ?? [];
  if (segment !== undefined) return `${prefix}path[${segment}]`;
  return /^\.([\w.]+)$/.exec(expression)?.[1];
}
