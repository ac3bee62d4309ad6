// Who leads to a node and where it leads.
import type { Link } from './layout/links';

export interface Relation {
  readonly other: string;
  readonly link: Link;
}

export interface Relations {
  readonly incoming: readonly Relation[];
  readonly outgoing: readonly Relation[];
}

const none: Relations = { incoming: [], outgoing: [] };

/** A look-up by node id; a node without links has none. */
export function relations(links: readonly Link[]): (id: string) => Relations {
  const all = new Map<string, { incoming: Relation[]; outgoing: Relation[] }>();
  const of = (id: string): { incoming: Relation[]; outgoing: Relation[] } => {
    let entry = all.get(id);
    if (!entry) all.set(id, (entry = { incoming: [], outgoing: [] }));
    return entry;
  };
  for (const link of links) {
    of(link.from).outgoing.push({ other: link.to, link });
    of(link.to).incoming.push({ other: link.from, link });
  }
  return (id) => all.get(id) ?? none;
}
