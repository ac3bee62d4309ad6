/**
 * Near misses: two names so alike that one is probably a slip of the other. An index finds them without comparing
 * all with all: file every name under its `pieces`, look a name up under its `probes`, keep what `isNear` confirms.
 */

/** From this length on two edits are a slip; below it only one. */
const longLength = 6;
/** Below this length every name is one edit from every other, so only case counts. */
const shortLength = 3;

function allowedEdits(a: number, b: number): number {
  const shorter = Math.min(a, b);
  if (shorter < shortLength) return 0;
  return shorter < longLength ? 1 : 2;
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string
 * alignment), or undefined when it is more than `bound`.
 */
export function distance(a: string, b: string, bound: number): number | undefined {
  if (Math.abs(a.length - b.length) > bound) return undefined;
  // What both have in common at the start and the end costs nothing, and names of one system share much.
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return between(a.slice(start, a.length - end), b.slice(start, b.length - end), bound);
}

function between(a: string, b: string, bound: number): number | undefined {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    // A swap reaches back two rows, so one row over the bound is no proof yet when the row before it is not.
    if (least > bound && Math.min(...last) >= bound) return undefined;
    beforeLast = last;
    last = current;
  }
  const result = last[b.length] ?? 0;
  return result <= bound ? result : undefined;
}

/** web-1 and web-2, or backend and backend-2, are siblings that somebody numbered, not slips. */
function differOnlyInDigits(a: string, b: string): boolean {
  const bare = (text: string): string => text.replace(/(?<![-_.])[-_.]*\d+/g, '');
  const digits = (text: string): string => text.replace(/\D+/g, ' ').trim();
  return bare(a) === bare(b) && digits(a) !== digits(b);
}

/**
 * True when `candidate` is not `wanted` but probably was meant: only case differs, or one edit lies between them
 * (two from six letters on). Texts that differ only in digits are never near.
 */
export function isNear(wanted: string, candidate: string): boolean {
  if (wanted === candidate) return false;
  const bound = allowedEdits(wanted.length, candidate.length);
  const isAlike =
    (bound > 0 && distance(wanted, candidate, bound) !== undefined) || wanted.toLowerCase() === candidate.toLowerCase();
  return isAlike && !differOnlyInDigits(wanted, candidate);
}

/**
 * The segments that a text of this length is cut into. One edit touches at most two neighbouring segments (a swap
 * across their border), so with two edits at least one of five stays whole, and with one edit one of three.
 */
function segments(length: number): { readonly start: number; readonly length: number }[] {
  const count = length < shortLength ? 1 : length < longLength ? 3 : 5;
  const size = Math.floor(length / count);
  const longer = length % count;
  return Array.from({ length: count }, (_, index) => ({
    start: index * size + Math.min(index, longer),
    length: index < longer ? size + 1 : size,
  }));
}

/** The keys to file a text under: its length, the number of a segment, the segment. */
export function pieces(text: string): string[] {
  const lower = text.toLowerCase();
  return segments(lower.length).map(
    ({ start, length }, index) => `${lower.length}:${index}:${lower.slice(start, start + length)}`,
  );
}

/** Every key under which a text near `text` may be filed. */
export function probes(text: string): Set<string> {
  const lower = text.toLowerCase();
  const keys = new Set<string>();
  for (let length = Math.max(1, lower.length - 2); length <= lower.length + 2; length++) {
    const bound = allowedEdits(length, lower.length);
    if (Math.abs(length - lower.length) > bound) continue;
    for (const [index, segment] of segments(length).entries()) {
      for (let shift = -bound; shift <= bound; shift++) {
        const start = segment.start + shift;
        if (start < 0 || start + segment.length > lower.length) continue;
        keys.add(`${length}:${index}:${lower.slice(start, start + segment.length)}`);
      }
    }
  }
  return keys;
}
