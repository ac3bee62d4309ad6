import type { Draft } from '../finding';
import { say } from '../finding';
import type { Field } from '../path';
import { eachEntry, field, select } from '../path';
import { defineRule } from './define';
import { labelMaps, selectorFields } from './shared/label-maps';
import { isUnknown } from './shared/unknown-value';
import { quote } from './shared/words';

/** Labels and annotations are strings; YAML takes `on`, `1` or `0777` for something else, and the API server refuses it. */
export const labelNotAString = defineRule({
  id: 'label-not-a-string',
  summary: 'A label, annotation or selector value is read as a number or boolean',
  levels: ['error'],
  *resource(read) {
    for (const name of ['labels', 'annotations']) yield* noMap(field(read.tree, 'metadata', name));
    for (const { at, holds } of labelMaps(read))
      for (const entry of eachEntry(at))
        yield* judge(entry, `${holds === 'labels' ? 'label' : 'annotation'} ${entry.key?.text ?? ''}`);
    for (const { at, form } of selectorFields(read))
      if (form === 'labelSelector')
        for (const value of select(at, 'matchExpressions.*.values.*')) yield* judge(value, 'value of a selector');
  },
});

function* noMap(at: Field): Iterable<Draft> {
  const { value } = at;
  if (value && value.type !== 'map' && !isUnknown(at))
    yield {
      level: 'error',
      at: at.key?.origin ?? at.at,
      path: at.path,
      message: say`${at.key?.text} must be a map of keys with strings, but is ${value.type === 'list' ? 'a list' : 'one text'}`,
    };
}

function* judge(at: Field, what: string): Iterable<Draft> {
  const { value } = at;
  if (value === undefined || isUnknown(at)) return;
  if (value.type !== 'scalar') {
    yield {
      level: 'error',
      at: at.key?.origin ?? at.at,
      path: at.path,
      message: say`${what} is a ${value.type}, but must be one string${hint(at)}`,
    };
  } else if (typeof value.value !== 'string')
    yield {
      level: 'error',
      at: at.at,
      path: at.path,
      message: say`${what}: ${value.text} is read as a ${typeof value.value === 'boolean' ? 'boolean' : 'number'}, but must be a string; put it in quotes`,
      fixes: quote(value),
    };
}

/** The selector of a Service is written like that of a Deployment by mistake. */
function hint({ key }: Field): string {
  return key?.text === 'matchLabels' || key?.text === 'matchExpressions'
    ? '; this selector is a plain map of labels, put the pairs directly into it'
    : '';
}
