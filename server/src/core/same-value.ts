/** Whether two values are the same in all that can be told from them: what is written, how, and where. */
import type { Origin, Span, Value } from './value';

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.type === 'scalar')
    return (
      b.type === 'scalar' &&
      a.text === b.text &&
      a.value === b.value &&
      a.style === b.style &&
      a.raw === b.raw &&
      sameOrigin(a.origin, b.origin)
    );
  if (a.type === 'list')
    return (
      b.type === 'list' && a.flow === b.flow && sameOrigin(a.origin, b.origin) && sameAll(a.items, b.items, sameValue)
    );
  return (
    b.type === 'map' &&
    a.flow === b.flow &&
    sameOrigin(a.origin, b.origin) &&
    sameAll(a.entries, b.entries, (one, other) => sameValue(one.key, other.key) && sameValue(one.value, other.value))
  );
}

export function sameOrigin(a: Origin, b: Origin): boolean {
  return a === b || (sameSpan(a, b) && a.verbatim === b.verbatim && sameAll(a.via ?? [], b.via ?? [], sameSpan));
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.uri === b.uri;
}

function sameAll<T>(a: readonly T[], b: readonly T[], same: (one: T, other: T) => boolean): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (one !== other && (other === undefined || !same(one, other))) return false;
  }
  return true;
}
