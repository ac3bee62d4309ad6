/** Fields that hold a port number, as the API server reads them: a quoted number is a string, and refused. */
import type { Fix } from '../../finding';
import type { Field } from '../../path';
import { scalarAt } from '../../path';
import { portNumber } from '../../ports';
import { isTemplated } from '../../templated';
import { certain, replaceNumber } from './words';

/** Why a port number is refused, as the end of a sentence; undefined when it is fine or templated. */
export function numberProblem(at: Field): string | undefined {
  const written = scalarAt(at);
  if (!written) return 'must be a number';
  if (isTemplated(written.text) || portNumber(written.value) !== undefined) return undefined;
  if (typeof written.value === 'string')
    return /^\d+$/.test(written.value) ? 'is a text in quotes, but must be a number' : 'must be a number';
  return 'must be a whole number from 1 to 65535';
}

/** Takes a number out of its quotes, when it is a valid port. */
export function unquoteNumber(at: Field): Fix[] {
  const written = scalarAt(at);
  const number = typeof written?.value === 'string' && /^\d+$/.test(written.value) ? Number(written.value) : undefined;
  return written && portNumber(number) !== undefined
    ? certain(replaceNumber('Remove the quotes', written, Number(number)))
    : [];
}
