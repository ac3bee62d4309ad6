/** Objects from YAML: documents, lists of objects, and what kustomize refuses (resource.Factory). */
import type { Entry, MapValue, Value } from '../../value';
import { get, scalar } from '../../value';
import type { YamlDocument } from '../../yaml';
import { fail } from './problem';

/** The objects of documents, lists opened. Fails at the first that is no object. */
export function objectsOf(documents: readonly YamlDocument[]): MapValue[] {
  return documents.flatMap((document) => {
    const [problem] = document.problems;
    if (problem) return fail('invalid-yaml', `this is no YAML: ${problem.message}`, problem.span);
    const [twice] = document.duplicates;
    if (twice) return fail('invalid-yaml', `the key ${twice.again.text} stands twice in one map`, twice.again.origin);
    return document.value === undefined || isEmpty(document.value) ? [] : opened(document.value);
  });
}

function isEmpty(value: Value): boolean {
  return value.type === 'scalar' ? value.value === null : value.type === 'map' && value.entries.length === 0;
}

function opened(value: Value): MapValue[] {
  if (value.type !== 'map')
    return fail('invalid-resource', 'an object is a map with apiVersion, kind and metadata', value.origin);
  const kind = scalar(value, 'kind')?.text ?? '';
  const listed = get(value, 'items');
  if (kind.endsWith('List') && listed?.type === 'list')
    return listed.items.filter((item) => !isEmpty(item)).flatMap(opened);
  const missing = kind === '' ? 'kind' : scalar(value, 'metadata', 'name')?.text ? undefined : 'metadata.name';
  if (missing !== undefined) return fail('invalid-resource', `the object has no ${missing}`, placeOf(value));
  return [value];
}

/** The first key stands for an object that has no better place. */
function placeOf(value: MapValue) {
  const first: Entry | undefined = value.entries.find(({ key }) => key.text === 'kind') ?? value.entries[0];
  return first ? first.key.origin : value.origin;
}
