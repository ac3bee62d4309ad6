/** Objects from YAML: documents, lists of objects, and what kustomize refuses (resource.Factory). */
import type { Entry, MapValue, Value } from '../../value';
import { get, scalar } from '../../value';
import type { YamlDocument } from '../../yaml';
import { held, isNull } from './made';
import { fail } from './problem';
import { rewritten } from './rewritten';
import { mapValues } from './tree';

/** The objects of documents, one after another; those of lists come after all others. Fails at the first that is no object. */
export function objectsOf(documents: readonly YamlDocument[]): Iterable<MapValue> {
  return wholeFiles.get(documents) ?? readObjects(documents);
}

/** The objects of documents that have been gone through without a failure: every overlay asks for those of its base. */
const wholeFiles = new WeakMap<readonly YamlDocument[], readonly MapValue[]>();

function* readObjects(documents: readonly YamlDocument[]): Generator<MapValue, void> {
  const objects: MapValue[] = [];
  for (const object of eachObject(documents)) {
    objects.push(object);
    yield object;
  }
  wholeFiles.set(documents, objects);
}

function* eachObject(documents: readonly YamlDocument[]): Generator<MapValue, void> {
  const open: Value[] = [];
  for (const document of documents) {
    const value = valueOf(document);
    const [twice] = document.duplicates;
    if (twice) fail('invalid-yaml', `the key ${twice.again.text} stands twice in one map`, twice.again.origin);
    if (value === undefined || isEmpty(value)) continue;
    const listed = listedIn(value);
    if (listed) open.push(...listed);
    else yield asObject(value);
  }
  for (const value of open) {
    const listed = listedIn(value);
    if (listed) open.push(...listed);
    else yield asObject(value);
  }
}

/** What a document holds, if it holds anything. Fails where it is broken. */
export function valueOf(document: YamlDocument | undefined): Value | undefined {
  const [problem] = document?.problems ?? [];
  if (problem) fail('invalid-yaml', `this is no YAML: ${problem.message}`, problem.span);
  return document?.value;
}

function isEmpty(value: Value): boolean {
  return value.type === 'scalar' ? value.value === null : value.type === 'map' && value.entries.length === 0;
}

/** The objects of a list of objects; undefined for what is none. */
function listedIn(value: Value): readonly Value[] | undefined {
  const items = get(value, 'items');
  if (items === undefined || scalar(value, 'kind')?.text.endsWith('List') !== true) return undefined;
  if (items.type === 'list') return items.items.filter((item) => !isEmpty(item)).map(quoted);
  return isNull(items) ? [] : fail('invalid-resource', 'items must be a list of objects', items.origin);
}

/** Objects of lists go through JSON: their texts come in quotes. */
function quoted(value: Value): Value {
  const known = reread.get(value);
  if (known) return known;
  const result = inQuotes(value.type === 'map' ? rewritten(value) : value);
  reread.set(value, result);
  return result;
}

const reread = new WeakMap<Value, Value>();

function inQuotes(value: Value): Value {
  if (value.type !== 'scalar') return mapValues(value, inQuotes);
  if (value.value === null && value.text === '') return { ...value, text: 'null' };
  return typeof value.value === 'string' ? held(value, 'double') : value;
}

function asObject(value: Value): MapValue {
  if (value.type !== 'map')
    return fail('invalid-resource', 'an object must be a map with apiVersion, kind and metadata', value.origin);
  const kind = scalar(value, 'kind')?.text ?? '';
  const isNamed = Boolean(scalar(value, 'metadata', 'name')?.text) || kind.endsWith('List');
  const missing = kind === '' ? 'kind' : isNamed ? undefined : 'metadata.name';
  if (missing !== undefined) return fail('invalid-resource', `the object has no ${missing}`, placeOf(value));
  return value;
}

/** The first key stands for an object that has no better place. */
function placeOf(value: MapValue) {
  const first: Entry | undefined = value.entries.find(({ key }) => key.text === 'kind') ?? value.entries[0];
  return first ? first.key.origin : value.origin;
}
