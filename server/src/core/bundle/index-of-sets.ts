/** A map from keys to sets of ids that holds no empty sets. */
type IndexOfSets = Map<string, Set<string>>;

export function add(index: IndexOfSets, key: string, id: string): void {
  const known = index.get(key);
  if (known) known.add(id);
  else index.set(key, new Set([id]));
}

export function remove(index: IndexOfSets, key: string, id: string): void {
  const known = index.get(key);
  known?.delete(id);
  if (known?.size === 0) index.delete(key);
}
