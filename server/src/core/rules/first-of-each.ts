import type { Resource } from '../resource';

/** Something that one object may have, and no other. */
interface Claim {
  readonly resource: Resource;
}

/** Claims that repeat the key of an earlier claim by another object, each with that earlier claim. */
export function* firstOfEach<T extends Claim>(
  claims: readonly T[],
  keyOf: (claim: T) => string,
): Iterable<{ readonly item: T; readonly first: T }> {
  const firsts = new Map<string, T>();
  for (const item of claims) {
    const key = keyOf(item);
    const first = firsts.get(key);
    if (!first) firsts.set(key, item);
    else if (!isSameObject(first.resource, item.resource)) yield { item, first };
  }
}

/** The same object written again replaces the first, so the two never claim anything at once. */
function isSameObject(a: Resource, b: Resource): boolean {
  return a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
