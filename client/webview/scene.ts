// From a graph to all that is drawn, without a page: cards, boxes, lines and their places.
import { card, type Card, type Measure } from './card';
import { applyFilter, type Filter } from './filter';
import { links, type Link } from './layout/links';
import { place, type Placement } from './layout/place';
import { routes, type Route } from './layout/routes';
import type { TopologyNode, TopologyView } from './protocol';
import { verb } from './verbs';
import { relations, type Relations } from './relations';

export interface Scene {
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  readonly cards: ReadonlyMap<string, Card>;
  readonly links: readonly Link[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly placement: Placement;
  readonly relations: (id: string) => Relations;
}

/** How texts are measured, and the width by height of the window that is to be filled. */
export interface Sheet {
  readonly measure: Measure;
  readonly aspect: number;
}

/** `previous`: the scene before an edit, so that what stays does not move more than it must. */
export function scene(graph: TopologyView, filter: Filter, { measure, aspect }: Sheet, previous?: Scene): Scene {
  const shown = applyFilter(graph, filter);
  const all = links(shown);
  const relationsOf = relations(all);
  const cards = new Map(
    shown.nodes.map((node) => [
      node.id,
      card(node, [...linesFor(node, relationsOf(node.id)), ...(filter.traffic ? [opennessLine(node)] : [])], measure),
    ]),
  );
  const heights = new Map([...cards].map(([id, { height }]) => [id, height]));
  const placement = place(shown.nodes, all, heights, aspect, previous?.placement);
  return {
    nodes: new Map(shown.nodes.map((node) => [node.id, node])),
    cards,
    links: all,
    routes: routes(all, placement.cards, placement.bends),
    placement,
    relations: relationsOf,
  };
}

/** What a card says because no line does: how many objects a policy applies to, and why a placeholder is one. */
function linesFor(node: TopologyNode, { incoming, outgoing }: Relations): readonly string[] {
  if (node.missing) return incoming.flatMap(({ link }) => link.messages);
  return countedTypes.flatMap((type) => {
    const count = outgoing.filter(({ link }) => link.quiet && link.type === type).length;
    return count > 0 ? [`${verb({ type, state: 'ok' })} ${count} ${count === 1 ? 'object' : 'objects'}`] : [];
  });
}

/** `in: some · out: nobody`: whom policies leave to a workload. */
function opennessLine({ isolation }: TopologyNode): string {
  return isolation ? `in: ${whom[isolation.ingress]} · out: ${whom[isolation.egress]}` : 'no policy';
}

const whom = { open: 'anyone', limited: 'some', closed: 'nobody' } as const;

const countedTypes = ['applies', 'selects', 'routes', 'calls'] as const;
