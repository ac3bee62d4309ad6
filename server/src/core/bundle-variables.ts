/** The variables that ConfigMaps and Secrets of the workspace give to a deployment (Flux `postBuild.substituteFrom`). */
import type { RenderedObjects } from './bundle-resources';
import type { Deployment, VariablesFrom } from './bundle/deployment';
import { fromBase64 } from './bundle/kustomize/sha256';
import type { Variables } from './bundle/kustomize/substitute';
import { decodeUtf8 } from './bundle/kustomize/utf8';
import type { Bundle, Host } from './bundle-types';
import type { Ask } from './lookup';
import type { Reference, Resource } from './resource';
import { sameOrigin } from './same-value';
import { isTemplated } from './templated';
import type { MapValue, Scalar } from './value';
import { entries, get, scalar } from './value';
import { readDocument } from './yaml';

/** A bundle with the trees of its objects. */
interface Built extends Bundle {
  readonly rendered: RenderedObjects;
}

export interface FoundVariables {
  readonly variables: Variables;
  /** The files in which the objects were found. */
  readonly files: ReadonlySet<string>;
}

/**
 * The variables of a deployment. Later objects overrule earlier ones, and inline variables all of them. An object that
 * is not here may hold any variable, unless it may be missing. `builtFrom` gives the bundles that a file is part of;
 * `ask` is told what the answer depends on besides them and the files that are found.
 */
export function findVariables(
  host: Host,
  { uri, at, supply, variablesFrom }: Deployment,
  builtFrom: (uri: string) => readonly Built[],
  ask: Ask,
): FoundVariables {
  const homes = builtFrom(uri);
  const isIt = (resource: Resource) => resource.nameAt.uri === uri && resource.nameAt.start === at.start;
  const values = new Map<string, Scalar | undefined>();
  const files = new Set<string>();
  let isOpen = false;
  for (const wanted of variablesFrom) {
    const found = homes.flatMap((home) => {
      const own = home.resources.find(isIt);
      return own ? objectsOf(home, (object) => isWanted(object, wanted, own)) : [];
    });
    if (found.length === 0) {
      const own = host.resourcesOf(uri).find(isIt);
      if (own) found.push(...asWritten(host, own, wanted, builtFrom, ask));
    }
    for (const { origin } of found) files.add(origin.uri);
    if (found.length > 0) for (const [name, value] of agreed(found.map(dataOf))) values.set(name, value);
    else if (!wanted.optional) {
      values.clear();
      isOpen = true;
    }
  }
  for (const [name, value] of supply.variables?.values ?? []) values.set(name, value);
  return { variables: { values, isOpen }, files };
}

function isWanted({ group, kind, name, namespace }: Resource, wanted: VariablesFrom, by: Resource): boolean {
  return group === '' && kind === wanted.kind && name === wanted.name.text && namespace === by.namespace;
}

function objectsOf({ rendered }: Built, isMeant: (resource: Resource) => boolean): MapValue[] {
  return rendered.objects.flatMap(({ built, reads }) =>
    reads.some(({ resource }) => isMeant(resource)) ? [built.tree] : [],
  );
}

/** The nearest objects of plain files; those that a kustomization builds as they come out of it. */
function asWritten(
  host: Host,
  by: Resource,
  { kind, name, optional }: VariablesFrom,
  builtFrom: (uri: string) => readonly Built[],
  ask: Ask,
): MapValue[] {
  const reference: Reference = {
    role: 'reads',
    target: { group: '', kind },
    name,
    namespace: undefined,
    port: undefined,
    route: undefined,
    optional,
    path: 'spec.postBuild.substituteFrom',
    at: name.origin,
  };
  const { to, maybe } = host.outside(ask).resolve(by, reference);
  return [...to, ...maybe]
    .filter(({ namespace }) => namespace === by.namespace)
    .flatMap((resource) => {
      const { at } = resource;
      const built = builtFrom(at.uri).flatMap((bundle) =>
        objectsOf(bundle, (object) => object.at.uri === at.uri && object.at.start === at.start),
      );
      if (built.length > 0) return built;
      const { value } = readDocument(at.uri, host.textOf(at.uri) ?? '', at, 'kubectl');
      return value?.type === 'map' ? [value] : [];
    });
}

type Data = ReadonlyMap<string, Scalar | undefined>;

/** Where objects are alternatives of each other, what they do not agree on is not known. */
function agreed(all: readonly Data[]): Data {
  const names = new Set(all.flatMap((data) => [...data.keys()]));
  return new Map(
    [...names].map((name) => {
      const [first, ...others] = all.map((data) => data.get(name));
      return [name, others.every((other) => other?.text === first?.text) ? first : undefined];
    }),
  );
}

/** The texts of a ConfigMap or Secret. What is encrypted, or still waits for a tool, has no value that is known here. */
function dataOf(tree: MapValue): Data {
  const isSecret = scalar(tree, 'kind')?.text === 'Secret';
  const isEncrypted = get(tree, 'sops') !== undefined;
  const data = new Map<string, Scalar | undefined>();
  const add = (field: string, read: (value: Scalar) => Scalar | undefined) => {
    for (const { key, value } of entries(get(tree, field))) {
      const text = value.type === 'scalar' && !isEncrypted ? read(value) : undefined;
      data.set(key.text, text && !isTemplated(text.text) ? text : undefined);
    }
  };
  add('data', isSecret ? decoded : (value) => value);
  if (isSecret) add('stringData', (value) => value);
  return data;
}

function decoded(value: Scalar): Scalar | undefined {
  const bytes = fromBase64(value.text);
  const text = bytes && decodeUtf8(bytes);
  return text === undefined ? undefined : { ...value, value: text, text, origin: { ...value.origin, verbatim: false } };
}

/** The same texts at the same places. */
export function sameVariables(a: FoundVariables | undefined, b: FoundVariables | undefined): boolean {
  if (!a || !b || a.variables.isOpen !== b.variables.isOpen || a.variables.values.size !== b.variables.values.size)
    return a === b;
  return [...b.variables.values].every(([name, value]) => {
    const other = a.variables.values.get(name);
    if (!value || !other) return value === other && a.variables.values.has(name);
    return value.text === other.text && sameOrigin(value.origin, other.origin);
  });
}
