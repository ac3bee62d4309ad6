/** What kustomize tells objects apart by: group, version, kind, name and namespace (kyaml resid.ResId). */
import type { Value } from '../../value';
import { scalar } from '../../value';
import { isClusterScoped } from './scopes';

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Id extends Gvk {
  readonly name: string;
  /** As written; empty where none is. */
  readonly namespace: string;
}

/** What an object was called before a step changed it. The namespace is the effective one. */
export interface PreviousId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export function parseApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function gvkOf(tree: Value): Gvk {
  return idOf(tree);
}

/** The identity of an object, with a text that objects have in common exactly when they are the same. */
interface KeyedId extends Id {
  readonly key: string;
}

/** Trees never change, so neither do their identities; every step asks for all of them. */
const known = new WeakMap<Value, KeyedId>();

export function idOf(tree: Value): KeyedId {
  const before = known.get(tree);
  if (before) return before;
  const id: Id = {
    ...parseApiVersion(scalar(tree, 'apiVersion')?.text ?? ''),
    kind: scalar(tree, 'kind')?.text ?? '',
    name: scalar(tree, 'metadata', 'name')?.text ?? '',
    namespace: scalar(tree, 'metadata', 'namespace')?.text ?? '',
  };
  const key = [id.group, id.version, id.kind, effectiveNamespace(id), id.name].join('\n');
  const keyed = { ...id, key };
  known.set(tree, keyed);
  return keyed;
}

/** The namespace that counts in comparisons: `default` where none is written, a word of its own without namespaces. */
export function effectiveNamespace(id: Id): string {
  if (isClusterScoped(id)) return '_non_namespaceable_';
  return id.namespace === '' ? 'default' : id.namespace;
}

export function sameGvk(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

export function sameId(a: Id, b: Id): boolean {
  return a.name === b.name && sameGvk(a, b) && effectiveNamespace(a) === effectiveNamespace(b);
}

/** True when every part that the selector names is equal; a part that it leaves out matches all. */
export function isSelected(gvk: Gvk, by: Partial<Gvk>): boolean {
  return (
    (!by.group || by.group === gvk.group) &&
    (!by.version || by.version === gvk.version) &&
    (!by.kind || by.kind === gvk.kind)
  );
}

/** An object for people: `Deployment web`, `Service shop/web`. */
export function showId({ kind, name, namespace }: Pick<Id, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`.trimEnd();
}
