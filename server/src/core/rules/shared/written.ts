/** What is written at fields whose values the API server checks; templated text is unknown, and nothing is said of it. */
import type { Draft } from '../../finding';
import { list, say } from '../../finding';
import { isNear } from '../../near';
import type { Field } from '../../path';
import { scalarAt } from '../../path';
import { refused } from './refused';
import { isUnknown } from './unknown-value';
import { replace } from './words';

/** Absent, null, or the empty string, which the API server takes for absent. */
export function isUnset(at: Field): boolean {
  return at.value === undefined || scalarAt(at)?.text === '';
}

/** The string written at a field, when it is one and no template. */
export function stringAt(at: Field): string | undefined {
  const value = scalarAt(at)?.value;
  return typeof value === 'string' && !isUnknown(at) ? value : undefined;
}

/** The number written at a field; a bigint is one that no field can hold. */
export function numberAt(at: Field): number | bigint | undefined {
  const value = scalarAt(at)?.value;
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** An error when a field holds a string that is none of those it may hold; with a fix when one of them is meant. */
export function* oneOf(at: Field, allowed: readonly string[]): Iterable<Draft> {
  const text = stringAt(at);
  const written = scalarAt(at);
  if (text === undefined || !written || text === '' || allowed.includes(text)) return;
  const meant = allowed.filter((known) => isNear(text, known));
  yield refused(
    at,
    say`${at.key?.text ?? at.parent?.key?.text} ${text} is not known; it may be ${list(
      allowed.map((known) => [known]),
      'or',
    )}`,
    meant.flatMap((known) => replace(`Change to ${known}`, written, known)),
  );
}
