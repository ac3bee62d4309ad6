/** JSON patches (RFC 6902) on spanned values, with the liberties of the library kustomize uses (evanphx/json-patch 4). */
import { resolvePlain } from '../../scalars';
import type { ListValue, MapValue, Value } from '../../value';
import { entry, get, scalar } from '../../value';
import { held, isNull, text, written } from './made';
import { fail } from './problem';
import { rewritten } from './rewritten';
import { mapValues, withEntry, withItems, withoutEntry } from './tree';

const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/** The object after all operations; what they write keeps the patch's spans. Fails at the first that does not apply. */
export function applyJsonPatch(tree: MapValue, patch: ListValue): MapValue {
  let result: Value = rewritten(tree);
  for (const operation of patch.items) result = applyOne(result, operation);
  if (result.type !== 'map') return fail('invalid-patch', 'the patch leaves no object', patch.origin);
  return reread(result);
}

/** The object was written as JSON: its texts come back without quotes, but for those that need them. */
function reread<T extends Value>(value: T): T;
function reread(value: Value): Value {
  if (value.type !== 'scalar') return mapValues(value, reread);
  const json = String(value.value);
  if (typeof value.value !== 'string') return value.text === json ? value : { ...value, text: json };
  const isPlain = /^[\w./$(][^:#\n]*$/.test(value.text) && typeof resolvePlain(value.text, 'kubectl') === 'string';
  return held(value, isPlain ? 'plain' : 'double');
}

function applyOne(tree: Value, operation: Value): Value {
  const op = scalar(operation, 'op');
  if (!op || !operations.includes(op.text))
    return fail('invalid-patch', `op is one of ${operations.join(', ')}`, (op ?? operation).origin);
  const path = pointer(operation, 'path');
  switch (op.text) {
    case 'add':
      return change(tree, path, 'add', valueOf(operation));
    case 'replace':
      return change(tree, path, 'replace', valueOf(operation));
    case 'remove':
      return change(tree, path, 'remove', undefined);
    case 'copy':
      return change(tree, path, 'add', copied(tree, pointer(operation, 'from'), operation));
    case 'move': {
      const from = pointer(operation, 'from');
      return change(change(tree, from, 'remove', undefined), path, 'add', read(tree, from));
    }
    default:
      return test(tree, path, operation);
  }
}

interface Pointer {
  readonly parts: readonly string[];
  readonly at: Value;
  readonly text: string;
}

function pointer(operation: Value, key: 'path' | 'from'): Pointer {
  const found = scalar(operation, key);
  // What stands before the first slash counts for nothing.
  if (!found?.text.includes('/'))
    return fail('invalid-patch', `${key} is a JSON pointer that starts with /`, (found ?? operation).origin);
  const parts = found.text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { parts, at: found, text: found.text };
}

function valueOf(operation: Value): Value {
  const found = entry(operation, 'value');
  return found ? found.value : { ...text('', operation.origin), value: null };
}

function notThere(path: Pointer, candidates: readonly string[]): never {
  return fail('field-not-found', `the object has no ${path.text}`, path.at.origin, {
    wanted: path.parts.at(-1) ?? '',
    candidates,
  });
}

function keysOf(value: Value): readonly string[] {
  return value.type === 'map' ? value.entries.map(({ key }) => key.text) : [];
}

function read(tree: Value, path: Pointer): Value {
  return path.parts.reduce<Value>((at, part) => child(at, part) ?? notThere(path, keysOf(at)), tree);
}

/** What is copied; a key that is not there counts as null. */
function copied(tree: Value, from: Pointer, operation: Value): Value {
  const parent = read(tree, { ...from, parts: from.parts.slice(0, -1) });
  const isMissing = parent.type === 'map' && child(parent, from.parts.at(-1) ?? '') === undefined;
  return isMissing ? { ...text('', operation.origin), value: null } : read(tree, from);
}

function child(value: Value, part: string): Value | undefined {
  if (value.type === 'map') return get(value, part);
  return value.type === 'list' ? value.items[indexOf(part, value.items.length) ?? -1] : undefined;
}

/** The place of an index; negative ones count from the end. */
function indexOf(part: string, length: number): number | undefined {
  if (!/^-?\d+$/.test(part)) return undefined;
  const index = Number(part);
  return index < 0 ? index + length : index;
}

function change(
  value: Value,
  path: Pointer,
  how: 'add' | 'replace' | 'remove',
  by: Value | undefined,
  depth = 0,
): Value {
  const part = path.parts[depth];
  if (part === undefined) return by ?? value;
  if (depth < path.parts.length - 1) {
    const next = child(value, part);
    if (next === undefined || isNull(next)) return notThere(path, keysOf(value));
    const changed = change(next, path, how, by, depth + 1);
    if (value.type === 'map') return withEntry(value, entry(value, part)?.key ?? text(part, next.origin), changed);
    return value.type === 'list'
      ? withItems(value, value.items.with(indexOf(part, value.items.length) ?? 0, changed))
      : value;
  }
  if (value.type === 'map') return changeEntry(value, part, path, how, by);
  if (value.type === 'list') return changeItem(value, part, path, how, by);
  return notThere(path, []);
}

function changeEntry(
  parent: MapValue,
  part: string,
  path: Pointer,
  how: 'add' | 'replace' | 'remove',
  by: Value | undefined,
): Value {
  const old = entry(parent, part);
  // Replacing a key that is not there adds it.
  if (!old && how === 'remove') return notThere(path, keysOf(parent));
  if (by === undefined) return withoutEntry(parent, part);
  const key = text(part, { ...path.at.origin, verbatim: false });
  return withEntry(parent, key, written(by, old?.value));
}

function changeItem(
  parent: ListValue,
  part: string,
  path: Pointer,
  how: 'add' | 'replace' | 'remove',
  by: Value | undefined,
): Value {
  const { items } = parent;
  if (how === 'add' && by !== undefined) {
    const index = part === '-' ? items.length : indexOf(part, items.length + 1);
    if (index === undefined || index < 0 || index > items.length) return notThere(path, []);
    return withItems(parent, items.toSpliced(index, 0, by));
  }
  const index = indexOf(part, items.length);
  if (index === undefined || index < 0 || index >= items.length) return notThere(path, []);
  return withItems(parent, by === undefined ? items.toSpliced(index, 1) : items.with(index, written(by, items[index])));
}

function test(tree: Value, path: Pointer, operation: Value): Value {
  const wanted = valueOf(operation);
  const found = path.parts.reduce<Value | undefined>((at, part) => at && child(at, part), tree);
  if (found === undefined ? isNull(wanted) : isEqual(found, wanted)) return tree;
  return fail('patch-conflict', `the test of ${path.text} fails: the object has another value`, wanted.origin);
}

function isEqual(a: Value, b: Value): boolean {
  if (a.type === 'scalar') return b.type === 'scalar' && a.value === b.value;
  if (a.type === 'list')
    return (
      b.type === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isEqual(item, b.items[index] ?? b))
    );
  return (
    b.type === 'map' &&
    a.entries.length === b.entries.length &&
    a.entries.every(({ key, value }) => {
      const other = get(b, key.text);
      return other !== undefined && isEqual(value, other);
    })
  );
}
