import { cidrProblem, parseAddress } from '../cidr';
import type { AddressRange } from '../cluster/facts';
import type { Fix } from '../finding';
import { say } from '../finding';
import { isTemplated } from '../templated';
import type { Scalar } from '../value';
import { defineRule } from './define';
import { certain, replace } from './shared/words';

/** A text that is no range of addresses, or one whose last bits say nothing. */
export const invalidCidr = defineRule({
  id: 'invalid-cidr',
  summary: 'A range of addresses cannot be read, or has bits behind its prefix',
  levels: ['error', 'hint'],
  about: ['cluster'],
  *resource({ resource }) {
    const { cluster } = resource;
    for (const range of cluster?.ranges ?? []) {
      if (range.implied || isTemplated(range.text.text)) continue;
      const problem = problemOf(range);
      const at = range.text.origin;
      if (problem !== undefined) {
        yield { level: 'error', at, path: range.path, message: say`${range.field} ${range.text.text} ${problem}` };
        continue;
      }
      // A bridge takes the address before the slash for itself.
      if (!range.cidr?.hostAddress || range.field === 'bip') continue;
      const isRefused = range.source === 'calico-pool';
      yield {
        level: isRefused ? 'error' : 'hint',
        at,
        path: range.path,
        message: isRefused
          ? say`Calico refuses the pool ${range.text.text}: the address before the slash is not the first of the range; write ${range.cidr.text}`
          : say`${range.field} ${range.text.text} means ${range.cidr.text}: what stands behind the prefix is masked off`,
        fixes: changeTo(range.cidr.text, range.text),
      };
    }
    for (const server of cluster?.dns?.servers ?? [])
      if (!isTemplated(server.text) && parseAddress(server.text) === undefined)
        yield { level: 'error', at: server.origin, message: say`the name server ${server.text} is no IP address` };
  },
});

/** Why a text is no range of its form, as the end of a sentence. */
function problemOf({ text: { text }, form, range }: AddressRange): string | undefined {
  if (range !== undefined) return undefined;
  if (form === 'address') return 'is no IP address';
  if (form === 'range' && text.includes('-'))
    return 'is no range: it needs two addresses of one family with a dash between, the lower one first';
  return cidrProblem(text);
}

/** Often a part of a list with commas, and no range needs quotes. */
function changeTo(right: string, written: Scalar): Fix[] {
  if (written.style !== 'plain') return certain(replace(`Change to ${right}`, written, right));
  return written.origin.verbatim
    ? [{ title: `Change to ${right}`, safe: true, edits: [{ at: written.origin, newText: right }] }]
    : [];
}
