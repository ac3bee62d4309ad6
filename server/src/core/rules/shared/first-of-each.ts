import type { Resource } from '../../resource';
import { sameObject } from '../../resource';

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
    // The same object written again replaces the first, so the two never claim anything at once.
    else if (!sameObject(first.resource, item.resource)) yield { item, first };
  }
}
