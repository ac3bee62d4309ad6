/** Findings about fields that the API server refuses. */
import type { Draft, Fix, Text } from '../../finding';
import { say } from '../../finding';
import type { NameRule } from '../../names';
import { nameRules } from '../../names';
import { nearestValid } from '../../nearest-name';
import type { Field } from '../../path';
import { scalarAt } from '../../path';
import { isTemplated } from '../../templated';
import type { Span } from '../../value';
import { replace } from './words';

/** An error about a field. Of a map or list that is wrong as a whole, the key is shown, not all of its lines. */
export function refused(at: Field, message: Text, fixes: readonly Fix[] = []): Draft {
  return { level: 'error', at: headOf(at), path: at.path, message, fixes };
}

function headOf(at: Field): Span {
  if (!at.value || at.value.type === 'scalar') return at.at;
  const first = at.value.type === 'map' ? at.value.entries[0]?.key.origin : undefined;
  return at.key?.origin ?? first ?? at.at;
}

/** An error when the text of a field breaks the syntax of names; absent, empty and templated fields are passed over. */
export function badName(at: Field, rule: NameRule, what: string): Draft[] {
  const written = scalarAt(at);
  if (!written || written.text === '' || isTemplated(written.text)) return [];
  const problem = nameRules[rule](written.text);
  if (problem === undefined) return [];
  const valid = nearestValid(rule, written.text);
  return [
    refused(
      at,
      say`${what} ${written.text} ${problem}`,
      valid === undefined ? [] : replace(`Change to ${valid}`, written, valid),
    ),
  ];
}
