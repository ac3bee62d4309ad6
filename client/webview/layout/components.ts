/** Items that hang together, directly or through others, in the order of their first items. */
export function components<T extends { readonly id: string }>(
  items: readonly T[],
  pairs: Iterable<{ readonly from: string; readonly to: string }>,
): readonly (readonly T[])[] {
  const parent = new Map(items.map((item) => [item.id, item.id]));
  const root = (id: string): string => {
    let at = id;
    for (;;) {
      const above = parent.get(at) ?? at;
      if (above === at) break;
      at = above;
    }
    // Later look-ups from here are one step.
    parent.set(id, at);
    return at;
  };
  for (const { from, to } of pairs) if (parent.has(from) && parent.has(to)) parent.set(root(from), root(to));
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = root(item.id);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
