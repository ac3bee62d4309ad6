/**
 * The metrics of autoscaling/v2beta1 as autoscaling/v2 has them: what is aimed at stands in `target`, what is measured in
 * `metric` (the conversion in pkg/apis/autoscaling/v2beta1).
 */
import type { TextEdit } from '../../finding';
import type { Field } from '../../path';
import { each, field, mapAt } from '../../path';
import { columnOf } from '../../text';
import type { Entry, MapValue } from '../../value';
import { entry } from '../../value';
import { after } from '../shared/words';

/** Where a key of v2beta1 went: the map that it is in now with what else stands there, and its name in it. */
type Move = readonly [into: string, beside: string | undefined, name: string];

type Moves = ReadonlyMap<string, Move>;

const utilization: Move = ['target', 'type: Utilization', 'averageUtilization'];
const averageValue: Move = ['target', 'type: AverageValue', 'averageValue'];
const value: Move = ['target', 'type: Value', 'value'];
const metric: Move = ['metric', undefined, 'name'];
const resource: Moves = new Map([
  ['targetAverageUtilization', utilization],
  ['targetAverageValue', averageValue],
]);

/** For each type of metric, by the key that holds it, what moves. An empty map is moved as it is, under its new name. */
const moves: Readonly<Record<string, Moves>> = {
  resource,
  containerResource: resource,
  pods: new Map([
    ['metricName', metric],
    ['targetAverageValue', averageValue],
  ]),
  object: new Map([
    ['metricName', metric],
    ['targetValue', value],
  ]),
  external: new Map([
    ['metricName', metric],
    ['targetValue', value],
    ['targetAverageValue', averageValue],
  ]),
};

/** Keys whose place depends on more than themselves: a person rewrites them. */
const undecided = ['selector', 'metricSelector', 'averageValue'];

/** Edits of `spec.metrics`; undefined where one of them cannot be rewritten. */
export function rewriteMetrics(spec: Field, text: string): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const item of each(field(spec, 'metrics')))
    for (const [type, moved] of Object.entries(moves)) {
      const source = mapAt(field(item, type));
      if (!source) continue;
      const found = source.entries.filter(({ key }) => moved.has(key.text));
      const targets = found.filter(({ key }) => moved.get(key.text)?.[0] === 'target');
      if (source.entries.some(({ key }) => undecided.includes(key.text)) || targets.length > 1) return undefined;
      const renamed = type === 'object' ? entry(source, 'target') : undefined;
      if ([...found, ...(renamed ? [renamed] : [])].some((one) => !isPlain(one))) return undefined;
      // In an Object metric `target` was the object that is described.
      if (renamed) edits.push({ at: renamed.key.origin, newText: 'describedObject' });
      for (const one of found) edits.push(...nest(source, one, moved.get(one.key.text) ?? metric, text));
    }
  return edits;
}

function isPlain({ key, value: held }: Entry): boolean {
  return key.origin.verbatim && key.style === 'plain' && held.origin.verbatim && held.type !== 'list';
}

function nest(map: MapValue, { key, value: held }: Entry, [into, beside, name]: Move, text: string): TextEdit[] {
  if (map.flow)
    return [
      { at: key.origin, newText: `${into}: { ${beside === undefined ? '' : `${beside}, `}${name}` },
      { at: after(held.origin), newText: ' }' },
    ];
  const line = `\n${' '.repeat(columnOf(text, key.origin.start) + 2)}`;
  return [{ at: key.origin, newText: `${into}:${line}${beside === undefined ? '' : `${beside}${line}`}${name}` }];
}
