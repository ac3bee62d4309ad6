/** Which answers depend on which keys: one map from keys to those who asked is all the invalidation there is. */

export interface Askers {
  /** The asker's answer depends on these keys, and on no others any more. */
  set(asker: string, keys: ReadonlySet<string>): void;
  delete(asker: string): void;
  of(key: string): readonly string[];
}

export function createAskers(): Askers {
  /** As lists, which take a third of the room of sets. */
  const keysOf = new Map<string, readonly string[]>();
  /** Most keys have one asker, which stands for a set of one. */
  const askersOf = new Map<string, string | Set<string>>();

  function remove(asker: string): void {
    for (const key of keysOf.get(asker) ?? []) {
      const askers = askersOf.get(key);
      if (typeof askers !== 'string') askers?.delete(asker);
      if (askers === asker || (typeof askers !== 'string' && askers?.size === 0)) askersOf.delete(key);
    }
    keysOf.delete(asker);
  }

  return {
    set(asker, keys) {
      remove(asker);
      if (keys.size === 0) return;
      keysOf.set(asker, [...keys]);
      for (const key of keys) {
        const askers = askersOf.get(key);
        if (askers === undefined) askersOf.set(key, asker);
        else if (typeof askers === 'string') askersOf.set(key, new Set([askers, asker]));
        else askers.add(asker);
      }
    },
    delete: remove,
    of(key) {
      const askers = askersOf.get(key);
      return typeof askers === 'string' ? [askers] : [...(askers ?? [])];
    },
  };
}
