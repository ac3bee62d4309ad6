/** `vars`: values of some objects written into texts of others as `$(NAME)` (api/filters/refvar). */
import type { MapValue, Scalar, Span, Value } from '../../value';
import { items as itemsOf, scalar } from '../../value';
import type { FieldSpec } from './field-spec';
import { setSelected, specsFor } from './field-spec';
import type { Id } from './identity';
import { effectiveNamespace, parseApiVersion, sameId } from './identity';
import type { Item } from './item';
import { originalId } from './item';
import { changedText, spansOf } from './made';
import { fail } from './problem';
import { lookUp, pathParts } from './replacement-path';
import { isClusterScoped } from './scopes';
import { withItems } from './tree';

export interface Var {
  readonly name: Scalar;
  readonly fieldPath: string;
}

/** Takes over the vars of a kustomization, and marks the objects that they read. */
export function mergeVars(items: readonly Item[], known: Var[], written: readonly Value[]): void {
  for (const one of written) {
    const name = scalar(one, 'name');
    const kind = scalar(one, 'objref', 'kind')?.text ?? '';
    const group = scalar(one, 'objref', 'group');
    const version = scalar(one, 'objref', 'version');
    const parsed = parseApiVersion(scalar(one, 'objref', 'apiVersion')?.text ?? '');
    const target: Id = {
      group: group?.text ?? parsed.group,
      version: version?.text ?? parsed.version,
      kind,
      name: scalar(one, 'objref', 'name')?.text ?? '',
      namespace: scalar(one, 'objref', 'namespace')?.text ?? '',
    };
    if (!name || name.text === '') return fail('invalid-var', 'a var has a name', one.origin);
    const isExact = target.namespace !== '' || isClusterScoped(target);
    const found = items.filter((item) => {
      const id = originalId(item);
      return isExact
        ? sameId(id, target)
        : sameId({ ...id, namespace: '' }, target) || sameIgnoringNamespace(id, target);
    });
    if (found.length > 1) return fail('invalid-var', `several objects are ${kind} ${target.name}`, name.origin);
    found[0]?.vars.push(name.text);
    addVar(known, { name, fieldPath: scalar(one, 'fieldref', 'fieldpath')?.text || 'metadata.name' });
  }
}

/** Vars of all kustomizations of a build have names of their own. */
export function addVar(known: Var[], one: Var): void {
  if (known.some((other) => other.name.text === one.name.text))
    return fail('invalid-var', `the var ${one.name.text} is there twice`, one.name.origin);
  known.push(one);
}

function sameIgnoringNamespace(a: Id, b: Id): boolean {
  return sameId({ ...a, namespace: effectiveNamespace(b) }, b);
}

/** Writes the values of all vars. Fails at a var whose object or field is not there. */
export function resolveVars(items: readonly Item[], vars: readonly Var[], specs: readonly FieldSpec[]): void {
  if (vars.length === 0) return;
  const values = new Map<string, Source>();
  for (const one of vars) {
    const item = items.find((candidate) => candidate.vars.includes(one.name.text));
    const value = item && fieldAt(item.tree, one.fieldPath, one.name.origin);
    if (value === undefined)
      return fail(
        'target-not-found',
        `the var ${one.name.text} reads ${one.fieldPath} of an object that is not here or lacks it`,
        one.name.origin,
      );
    // A map or list cannot stand in a text: what asks for it stays as it is.
    if (value.type === 'scalar') values.set(one.name.text, { value, by: one.name });
  }
  for (const item of items)
    for (const spec of specsFor(specs, item.tree))
      item.tree = setSelected(item.tree, spec, { kind: 'none', at: item.source }, (value) => replaced(value, values));
}

interface Source {
  readonly value: Scalar;
  readonly by: Scalar;
}

function fieldAt(tree: MapValue, path: string, at: Span): Value | undefined {
  const parts = pathParts(path).flatMap((part) => {
    const index = /^([^[\]]+)\[(\d+)\]$/.exec(part);
    return index ? index.slice(1) : [part];
  });
  return lookUp(tree, parts, at);
}

function replaced(value: Value | undefined, values: ReadonlyMap<string, Source>): Value | undefined {
  if (value?.type === 'scalar') return expanded(value, values);
  if (value?.type === 'list')
    return withItems(
      value,
      itemsOf(value).map((item) =>
        item.type === 'scalar' && typeof item.value === 'string'
          ? expanded(item, values)
          : fail('invalid-var', 'vars stand in lists of texts, and this is none', item.origin),
      ),
    );
  if (value?.type !== 'map') return value;
  const entries = value.entries.map((entry) =>
    entry.value.type === 'scalar' ? { key: entry.key, value: expanded(entry.value, values) } : entry,
  );
  return { ...value, entries };
}

/** `$(NAME)` becomes the value, `$$` a dollar sign; a text that is one var alone takes the type of its value. */
function expanded(old: Scalar, values: ReadonlyMap<string, Source>): Scalar {
  if (typeof old.value !== 'string' || !old.text.includes('$')) return old;
  const used: Source[] = [];
  const only = /^\$\(([^)]*)\)$/.exec(old.text);
  const source = only && values.get(only[1] ?? '');
  const text = old.text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const found = values.get(name);
    if (found) used.push(found);
    return found ? found.value.text : whole;
  });
  if (text === old.text) return old;
  const via = used.flatMap(({ value, by }) => [...spansOf(value.origin), by.origin]);
  const result = changedText(old, text, ...via);
  return source ? { ...result, value: source.value.value } : result;
}
