/** Ranges of addresses as configuration files write them: lists with commas, single addresses, two ends with a dash. */
import type { Cidr } from '../cidr';
import { parseAddress, parseCidr } from '../cidr';
import { itemsOf } from './embedded';
import type { Field } from '../path';
import { each, scalarAt } from '../path';
import type { Range } from '../ranges';
import type { Scalar, Span } from '../value';
import type { AddressRange, ClusterFacts, RangeSource, RangeUse } from './facts';

/** How a range is meant; the rest is read from its text. */
export interface Meaning {
  readonly use: RangeUse;
  readonly source: RangeSource;
  readonly field: string;
  readonly form?: AddressRange['form'];
  readonly nodePrefix?: number | undefined;
  /** The prefix length for each family, where the field may hold either. */
  readonly nodePrefixes?: { readonly 4: number; readonly 6: number } | undefined;
  readonly blocks?: boolean;
}

/** The ranges that a field holds: a list, or a scalar with commas. */
export function rangesAt(at: Field, meaning: Meaning): AddressRange[] {
  const fields = at.value?.type === 'list' ? each(at) : [at];
  return fields.flatMap((item) => {
    const whole = scalarAt(item);
    const items = whole && (meaning.form === 'range' ? [whole] : itemsOf(whole, /[,\s]/));
    return items ? items.map((text) => rangeOf(text, meaning, item.path)) : [];
  });
}

/** The range that one text means. */
export function rangeOf(text: Scalar, meaning: Meaning, path: string): AddressRange {
  const { use, source, field, form = 'cidr', nodePrefixes, blocks = false } = meaning;
  const cidr = form === 'address' ? undefined : parseCidr(text.text);
  const address = form === 'address' ? parseAddress(text.text) : undefined;
  const ends = form === 'range' && cidr === undefined ? twoEnds(text.text) : undefined;
  const family = cidr?.family ?? address?.family ?? ends?.family;
  return {
    use,
    source,
    text,
    field,
    path,
    form,
    family,
    cidr,
    range: cidr?.range ?? (address && { first: address.point, last: address.point }) ?? ends?.range,
    implied: false,
    nodePrefix: meaning.nodePrefix ?? (family && nodePrefixes?.[family]),
    blocks,
  };
}

/** A range that a tool takes when nothing is written; shown at `at`. */
export function impliedRange(text: string, meaning: Meaning, path: string, at: Span): AddressRange {
  const written: Scalar = { type: 'scalar', value: text, text, style: 'plain', origin: { ...at, verbatim: false } };
  return { ...rangeOf(written, meaning, path), implied: true };
}

/** `192.168.1.240-192.168.1.250`, as MetalLB writes ranges; undefined when the ends differ in family or order. */
function twoEnds(text: string): { readonly family: Cidr['family']; readonly range: Range } | undefined {
  const dash = text.indexOf('-');
  if (dash < 0) return undefined;
  const first = parseAddress(text.slice(0, dash).trim());
  const last = parseAddress(text.slice(dash + 1).trim());
  return first && last && first.family === last.family && first.point <= last.point
    ? { family: first.family, range: { first: first.point, last: last.point } }
    : undefined;
}

/** The Service ranges that an object writes, those that can be read. */
export function writtenServiceRanges(facts: ClusterFacts | undefined): Cidr[] {
  return (facts?.ranges ?? []).flatMap(({ use, implied, cidr }) =>
    use === 'services' && !implied && cidr ? [cidr] : [],
  );
}
