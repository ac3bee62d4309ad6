import type { Draft } from '../finding';
import { say } from '../finding';
import { readExpression } from '../kinds/read-selectors';
import { labelSelectorProblems } from '../labels';
import { labelValue, qualifiedName } from '../names';
import { nearestValid } from '../nearest-name';
import type { Field } from '../path';
import { each, eachEntry, field, scalarAt, textAt } from '../path';
import { isTemplated } from '../templated';
import { defineRule } from './define';
import type { LabelMap } from './shared/label-maps';
import { labelMaps, selectorFields } from './shared/label-maps';
import { isUnknown } from './shared/unknown-value';
import { replace } from './shared/words';

/** All annotations of an object together (apimachinery TotalAnnotationSizeLimitB). */
const MAX_ANNOTATIONS = 256 * 1024;

/** Keys and values of labels, annotations and selectors that the API server refuses (apimachinery ValidateLabels). */
export const invalidLabel = defineRule({
  id: 'invalid-label',
  summary: 'The API server refuses the key or value of a label or annotation',
  levels: ['error'],
  *resource(read) {
    for (const map of labelMaps(read)) {
      for (const entry of eachEntry(map.at)) {
        yield* badKey(map, entry);
        if (map.holds === 'labels') yield* badValue(map, entry);
      }
      if (map.holds === 'annotations') yield* tooLong(map);
    }
    for (const { at, form } of selectorFields(read))
      if (form === 'labelSelector') for (const item of each(field(at, 'matchExpressions'))) yield* badExpression(item);
  },
});

function* badKey({ holds, path }: LabelMap, { key }: Field): Iterable<Draft> {
  if (!key || isTemplated(key.text)) return;
  const problem = qualifiedName(holds === 'annotations' ? key.text.toLowerCase() : key.text);
  if (problem === undefined) return;
  const meant = nearestValid('qualifiedName', key.text);
  yield {
    level: 'error',
    at: key.origin,
    path,
    message: say`the key ${key.text} of ${holds === 'labels' ? 'a label' : 'an annotation'} ${problem}`,
    fixes: meant === undefined ? [] : replace(`Change to ${meant}`, key, meant),
  };
}

function* badValue({ path }: LabelMap, entry: Field): Iterable<Draft> {
  const value = scalarAt(entry);
  if (typeof value?.value !== 'string' || isUnknown(entry)) return;
  const problem = labelValue(value.text);
  if (problem === undefined) return;
  const meant = nearestValid('labelValue', value.text);
  yield {
    level: 'error',
    at: value.origin,
    path,
    message: say`the value ${value.text} of label ${entry.key?.text} ${problem}`,
    fixes: meant === undefined ? [] : replace(`Change to ${meant}`, value, meant),
  };
}

function* tooLong({ at, path }: LabelMap): Iterable<Draft> {
  const size = eachEntry(at).reduce((sum, entry) => sum + bytes(entry.key?.text) + bytes(textAt(entry)), 0);
  if (size > MAX_ANNOTATIONS)
    yield {
      level: 'error',
      at: at.key?.origin ?? at.at,
      path,
      message: say`the annotations hold ${size} bytes, but an object may have at most ${MAX_ANNOTATIONS}`,
    };
}

/** The length in UTF-8: a pair of UTF-16 surrogates makes four bytes. */
function bytes(text = ''): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    count += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return count;
}

function* badExpression(item: Field): Iterable<Draft> {
  const written = readExpression(item);
  if (item.value?.type !== 'map' || [written.key, written.operator, ...written.values].some(isTemplated)) return;
  for (const { path, problem } of labelSelectorProblems({ matchExpressions: [written] })) {
    // The path starts with `matchExpressions` and the index of the one expression asked about.
    const at = field(item, ...path.slice(2));
    yield {
      level: 'error',
      at: at.at,
      path: at.path,
      message: say`${String(path[2])}${textAt(at) === undefined ? '' : ` ${textAt(at) ?? ''}`} of this expression ${problem}`,
    };
  }
}
