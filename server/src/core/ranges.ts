/** Sets of whole numbers as intervals: the algebra under CIDR blocks and port ranges. */

/** Both ends belong to the range. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Sorted ranges that neither overlap nor touch, so that equal sets look equal. */
export type Ranges = readonly Range[];

/** The set of all numbers in any of the ranges, given in any order. */
export function rangesOf(ranges: readonly Range[]): Ranges {
  const sorted = ranges
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const result: Range[] = [];
  for (const range of sorted) {
    const before = result.at(-1);
    if (before === undefined || range.first > before.last + 1n) result.push(range);
    else if (range.last > before.last) result[result.length - 1] = { first: before.first, last: range.last };
  }
  return result;
}

export function union(a: Ranges, b: Ranges): Ranges {
  return rangesOf([...a, ...b]);
}

export function intersection(a: Ranges, b: Ranges): Ranges {
  const result: Range[] = [];
  for (let i = 0, j = 0; ;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) return result;
    const first = left.first > right.first ? left.first : right.first;
    const last = left.last < right.last ? left.last : right.last;
    if (first <= last) result.push({ first, last });
    if (left.last < right.last) i++;
    else j++;
  }
}

/** What is in `a` and not in `b`. */
export function subtract(a: Ranges, b: Ranges): Ranges {
  const result: Range[] = [];
  let j = 0;
  for (const { first, last } of a) {
    let start = first;
    while ((b[j]?.last ?? first) < first) j++;
    for (let k = j; start <= last; k++) {
      const hole = b[k];
      if (hole === undefined || hole.first > last) {
        result.push({ first: start, last });
        break;
      }
      if (hole.first > start) result.push({ first: start, last: hole.first - 1n });
      start = hole.last + 1n;
    }
  }
  return result;
}

/** True when the number is in the set. */
export function includes(ranges: Ranges, number: bigint): boolean {
  return ranges.some(({ first, last }) => first <= number && number <= last);
}

/** True when every number of `inner` is in `outer`; so it is for an empty `inner`. */
export function contains(outer: Ranges, inner: Ranges): boolean {
  return inner.every((range) => outer.some(({ first, last }) => first <= range.first && range.last <= last));
}
