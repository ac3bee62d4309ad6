/** JSON types of fields: what does not decode is refused before anything else is looked at. */
import type { Draft, Fix } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { field, scalarAt, select } from '../../path';
import { refused } from './refused';
import { isUnknown } from './unknown-value';
import { certain, quote, replaceNumber } from './words';

export type JsonType = 'map' | 'list' | 'string' | 'integer' | 'boolean' | 'port';

/** Dotted patterns, `*` for list items, with the type that the API gives what they reach. */
export type TypeTable = readonly (readonly [pattern: string, type: JsonType])[];

const words: Readonly<Record<JsonType, string>> = {
  map: 'a map',
  list: 'a list',
  string: 'a string',
  integer: 'a whole number',
  boolean: 'true or false',
  port: 'a port number or a port name',
};

/** An error for every field of the table that is written and of another type; a fix where quotes are all that is wrong. */
export function* wrongTypes(spec: Field, table: TypeTable): Iterable<Draft> {
  if (spec.value) yield* judge(spec, 'map');
  for (const [pattern, type] of table) for (const at of select(spec, pattern)) yield* judge(at, type);
}

function* judge(at: Field, type: JsonType): Iterable<Draft> {
  if (isUnknown(at) || fits(at, type)) return;
  const written = scalarAt(at);
  yield refused(
    at,
    say`${at.key?.text ?? at.path} must be ${words[type]}, but ${written ? say`${written.text} is ${kindOf(written.value)}` : say`is a ${at.value?.type}`}`,
    mend(at, type),
  );
}

function fits({ value }: Field, type: JsonType): boolean {
  if (value?.type !== 'scalar') return value?.type === type;
  const { value: held } = value;
  const whole = typeof held === 'bigint' || (typeof held === 'number' && Number.isInteger(held));
  switch (type) {
    case 'integer':
      return whole;
    case 'port':
      return whole || typeof held === 'string';
    default:
      return typeof held === type;
  }
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

/** Adds or takes away quotes, where that is all that is wrong. */
function mend(at: Field, type: JsonType): Fix[] {
  const written = scalarAt(at);
  if (!written?.origin.verbatim) return [];
  if (type === 'integer' && /^\d{1,9}$/.test(written.text))
    return certain(replaceNumber('Remove the quotes', written, Number(written.text)));
  if (type === 'boolean' && /^(?:true|false)$/.test(written.text))
    return [{ title: 'Remove the quotes', safe: true, edits: [{ at: written.origin, newText: written.text }] }];
  if (type === 'string' && written.style === 'plain') return quote(written);
  return [];
}

/** The items of a list field that are strings, for checks that follow. */
export function listOf(spec: Field, name: string): Field[] {
  return select(field(spec, name), '*').filter((at) => fits(at, 'string') && !isUnknown(at));
}
