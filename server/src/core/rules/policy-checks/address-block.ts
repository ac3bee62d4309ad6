/** Blocks of addresses in policies (ValidateIPBlock). */
import type { Cidr } from '../../cidr';
import { cidrContains, cidrProblem, parseAddress, parseCidr } from '../../cidr';
import type { Draft } from '../../finding';
import { say } from '../../finding';
import type { Field } from '../../path';
import { each, field, scalarAt } from '../../path';
import { refused } from '../shared/refused';
import { isUnknown } from '../shared/unknown-value';
import { replace } from '../shared/words';
import { stringAt } from '../shared/written';

/** An error when a field holds no block; an address alone has a fix. */
export function* badCidr(at: Field, what: string): Iterable<Draft> {
  const text = stringAt(at);
  const written = scalarAt(at);
  const problem = text === undefined ? undefined : cidrProblem(text);
  if (text === undefined || problem === undefined || !written) return;
  const address = parseAddress(text);
  const meant = address && `${address.text}/${address.family === 4 ? 32 : 128}`;
  yield refused(
    at,
    say`${what} ${text === '' ? '""' : text} ${problem}`,
    meant === undefined ? [] : replace(`Change to ${meant}`, written, meant),
  );
}

/** `ipBlock`: a block, and blocks inside of it that are left out. */
export function* addressBlock(block: Field): Iterable<Draft> {
  const at = field(block, 'cidr');
  const text = stringAt(at);
  if (isUnknown(block)) return;
  if (at.value === undefined || text === '') {
    yield refused(at, say`an ipBlock needs a cidr, such as 10.0.0.0/8`);
    return;
  }
  yield* badCidr(at, 'the cidr');
  const outer = text === undefined ? undefined : parseCidr(text);
  for (const item of each(field(block, 'except'))) {
    yield* badCidr(item, 'the block');
    const inner = parseCidr(stringAt(item) ?? '');
    if (outer && inner) yield* outside(item, inner, outer, at);
  }
}

function* outside(item: Field, inner: Cidr, outer: Cidr, at: Field): Iterable<Draft> {
  if (cidrContains(outer, inner) && inner.prefix > outer.prefix) return;
  const reason = cidrContains(inner, outer) ? 'it leaves nothing of it' : 'it is not inside of it';
  yield {
    ...refused(item, say`except ${inner.text} must be a smaller part of the cidr ${outer.text}: ${reason}`),
    related: [{ at: at.at, message: say`the cidr` }],
  };
}
