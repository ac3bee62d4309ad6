/** Which answers depend on which keys: one map from keys to those who asked is all the invalidation there is. */

export interface Askers {
  /** The asker's answer depends on these keys, and on no others any more. */
  set(asker: string, keys: ReadonlySet<string>): void;
  delete(asker: string): void;
  of(key: string): readonly string[];
}

export function createAskers(): Askers {
  const keysOf = new Map<string, ReadonlySet<string>>();
  const askersOf = new Map<string, Set<string>>();

  function remove(asker: string): void {
    for (const key of keysOf.get(asker) ?? []) {
      const askers = askersOf.get(key);
      askers?.delete(asker);
      if (askers?.size === 0) askersOf.delete(key);
    }
    keysOf.delete(asker);
  }

  return {
    set(asker, keys) {
      remove(asker);
      if (keys.size === 0) return;
      keysOf.set(asker, keys);
      for (const key of keys) {
        const askers = askersOf.get(key);
        if (askers) askers.add(asker);
        else askersOf.set(key, new Set([asker]));
      }
    },
    delete: remove,
    of: (key) => [...(askersOf.get(key) ?? [])],
  };
}
