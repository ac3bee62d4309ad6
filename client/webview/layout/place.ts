// Where everything stands: a box for each namespace, cards in it from left to right, the outside world beside the boxes.
import type { Layer, TopologyNode } from '../protocol';
import { arrange } from './arrange';
import { components } from './components';
import {
  bounds,
  boxGap,
  boxPadding,
  boxTitle,
  cardWidth,
  center,
  columnGap,
  columnPitch,
  rowGap,
  type Point,
  type Rect,
  type Size,
} from './geometry';
import type { Link } from './links';
import { pack } from './pack';

/** A namespace, of one bundle if there are several; without a namespace it holds what belongs to the whole cluster. */
export interface Box extends Rect {
  readonly key: string;
  readonly namespace?: string;
  readonly bundle?: string;
  readonly count: number;
}

export interface Placement {
  readonly boxes: readonly Box[];
  readonly cards: ReadonlyMap<string, Rect>;
  /** By the key of a link within one component: where its line passes the columns between its ends. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
  readonly bounds: Rect;
  /** What keeps the next placement similar: the widths that were aimed at, by box. */
  readonly limits: ReadonlyMap<string, number>;
}

const order: Readonly<Record<Layer, number>> = { external: 0, edge: 1, service: 2, policy: 3, workload: 4, config: 5 };
/** In a denser mesh, calls would take seconds to untangle and still be a tangle: only routes and selectors shape it. */
const mostShaping = 150;
/** Beyond this, no columns can be made in time: the cards stand in a grid. */
const mostArranged = 600;
/**
 * `heights`: of the cards, by node id. `aspect`: width by height of the window. `previous`: the placement before an edit.
 * Equal input gives equal output.
 */
export function place(
  nodes: readonly TopologyNode[],
  links: readonly Link[],
  heights: ReadonlyMap<string, number>,
  aspect: number,
  previous?: Placement,
): Placement {
  const groups = new Map<string, TopologyNode[]>();
  const outside: TopologyNode[] = [];
  for (const node of [...nodes].sort(byLayerAndName)) {
    if (node.layer === 'external' && node.namespace === undefined) {
      outside.push(node);
      continue;
    }
    const key = boxKey(node);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  const limits = new Map<string, number>();
  const bends = new Map<string, readonly Point[]>();
  const cards = new Map<string, Rect>();
  const filled = [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([key, members]) => {
      const inside = fillBox(members, links, heights, { aspect, previousLimit: previous?.limits.get(key) });
      limits.set(key, inside.limit);
      return { key, members, inside };
    });
  const sizes = filled.map(({ inside }) => ({
    width: inside.width + 2 * boxPadding,
    height: inside.height + boxTitle + boxPadding,
  }));
  const sheet = pack(sizes, {
    gap: { x: boxGap, y: boxGap },
    aspect,
    step: columnPitch,
    previousLimit: previous?.limits.get(''),
  });
  limits.set('', sheet.limit);
  const boxes = filled.map(({ key, members, inside }, index): Box => {
    const at = sheet.places[index] ?? { x: 0, y: 0 };
    const move = (point: Point): Point => ({ x: point.x + at.x + boxPadding, y: point.y + at.y + boxTitle });
    for (const [id, rect] of inside.cards) cards.set(id, { ...rect, ...move(rect) });
    for (const [link, points] of inside.bends) bends.set(link, points.map(move));
    const { namespace, bundle } = members[0] ?? {};
    return {
      key,
      ...(namespace === undefined ? {} : { namespace }),
      ...(bundle === undefined ? {} : { bundle }),
      count: members.length,
      ...at,
      ...(sizes[index] ?? { width: 0, height: 0 }),
    };
  });
  placeOutside(outside, links, heights, cards, bounds([...boxes, ...cards.values()]));
  return { boxes, cards, bends, bounds: bounds([...boxes, ...cards.values()]), limits };
}

export function boxKey(node: TopologyNode): string {
  return `${node.bundle ?? ''}\n${node.namespace ?? ''}`;
}

interface Inside extends Size {
  readonly cards: ReadonlyMap<string, Rect>;
  readonly bends: ReadonlyMap<string, readonly Point[]>;
  readonly limit: number;
}

/** The cards of one box, from 0, 0: what hangs together side by side, then a grid of what stands alone. */
function fillBox(
  members: readonly TopologyNode[],
  links: readonly Link[],
  heights: ReadonlyMap<string, number>,
  { aspect, previousLimit }: { aspect: number; previousLimit: number | undefined },
): Inside {
  const ids = new Set(members.map(({ id }) => id));
  const inner = links.filter((link) => !link.quiet && ids.has(link.from) && ids.has(link.to));
  const heightOf = (node: TopologyNode): number => heights.get(node.id) ?? 0;
  const all = connect(members, inner).flatMap(loosen);
  const connected = all
    .filter(({ group }) => group.length > 1)
    .map(({ group, own }) => {
      const at = new Map(group.map(({ id }, index) => [id, index]));
      const pairs = own.map(({ from, to, type }) => ({
        from: at.get(from) ?? 0,
        to: at.get(to) ?? 0,
        weight: type === 'calls' ? 1 : 4,
      }));
      return { group, own, ...arrange(group.map(heightOf), pairs) };
    });
  const packing = pack(connected, {
    gap: { x: columnGap, y: rowGap },
    aspect,
    step: columnPitch,
    previousLimit,
  });
  // Where each component takes the whole width, equal layers stand in equal columns.
  const single = connected.every(({ width }, index) => width > packing.width / 2 || packing.places[index]?.x === 0);
  const first = Math.min(...connected.map(({ group }) => order[group[0]?.layer ?? 'config']));
  const cards = new Map<string, Rect>();
  const bends = new Map<string, readonly Point[]>();
  connected.forEach(({ group, own, places, width, bends: passed }, index) => {
    const at = packing.places[index] ?? { x: 0, y: 0 };
    const behind = first === order.edge && order[group[0]?.layer ?? 'config'] > first;
    const shift = single && behind && width + columnPitch <= packing.width ? columnPitch : 0;
    const move = (point: Point): Point => ({ x: point.x + at.x + shift, y: point.y + at.y });
    group.forEach((node, card) => {
      cards.set(node.id, { ...move(places[card] ?? { x: 0, y: 0 }), width: cardWidth, height: heightOf(node) });
    });
    own.forEach((link, line) => bends.set(link.key, (passed[line] ?? []).map(move)));
  });
  const alone = all.filter(({ group }) => group.length === 1).flatMap(({ group }) => group);
  const gridWidth = Math.max(packing.width, idealWidth(alone.map(heightOf), aspect));
  const grid = gridOf(alone, heightOf, gridWidth, connected.length > 0 ? packing.height + rowGap * 1.5 : 0);
  for (const [id, rect] of grid) cards.set(id, rect);
  const { width, height } = bounds(cards.values());
  return { cards, bends, width, height, limit: packing.limit };
}

interface Connected {
  readonly group: readonly TopologyNode[];
  readonly own: readonly Link[];
}

/** Leaves links out of a part that is too dense, so that it falls into parts that are not. */
function loosen(part: Connected): readonly Connected[] {
  if (part.own.length <= mostShaping) return [part];
  const steady = part.own.filter(({ type }) => type !== 'calls');
  return connect(part.group, steady).flatMap((one) => (one.own.length > mostArranged ? connect(one.group, []) : [one]));
}

/** The parts that hang together, each with its links. */
function connect(members: readonly TopologyNode[], links: readonly Link[]): readonly Connected[] {
  const groups = components(members, links);
  const groupOf = new Map(groups.flatMap((group, index) => group.map(({ id }) => [id, index] as const)));
  const own: Link[][] = groups.map(() => []);
  for (const link of links) own[groupOf.get(link.from) ?? 0]?.push(link);
  return groups.map((group, index) => ({ group, own: own[index] ?? [] }));
}

const gridPitch = cardWidth + rowGap;

function idealWidth(heights: readonly number[], aspect: number): number {
  const area = heights.reduce((sum, height) => sum + (height + rowGap) * gridPitch, 0);
  return Math.max(cardWidth, Math.sqrt(area * aspect));
}

function gridOf(
  nodes: readonly TopologyNode[],
  heightOf: (node: TopologyNode) => number,
  width: number,
  top: number,
): ReadonlyMap<string, Rect> {
  const columns = Math.max(1, Math.floor((width + rowGap) / gridPitch));
  const rects = new Map<string, Rect>();
  let y = top;
  for (let index = 0; index < nodes.length; index += columns) {
    const row = nodes.slice(index, index + columns);
    row.forEach((node, column) => {
      rects.set(node.id, { x: column * gridPitch, y, width: cardWidth, height: heightOf(node) });
    });
    y += Math.max(...row.map(heightOf)) + rowGap;
  }
  return rects;
}

/** The outside world: what sends stands left of all boxes, what is only sent to stands right of them; near its partners. */
function placeOutside(
  outside: readonly TopologyNode[],
  links: readonly Link[],
  heights: ReadonlyMap<string, number>,
  cards: Map<string, Rect>,
  inside: Rect,
): void {
  const partners = new Map<string, number[]>(outside.map(({ id }) => [id, []]));
  const senders = new Set(links.map(({ from }) => from));
  for (const { from, to } of links) {
    for (const [id, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const rect = cards.get(other);
      if (rect) partners.get(id)?.push(center(rect).y);
    }
  }
  const wanted = outside.map((node) => {
    const ys = partners.get(node.id) ?? [];
    const height = heights.get(node.id) ?? 0;
    const y = (ys.length > 0 ? ys.reduce((sum, value) => sum + value, 0) / ys.length : inside.y) - height / 2;
    return { node, height, y, sends: senders.has(node.id) || ys.length === 0 };
  });
  for (const sends of [true, false]) {
    let free = -Infinity;
    for (const { node, height, y } of wanted.filter((one) => one.sends === sends).sort((a, b) => a.y - b.y)) {
      const at = Math.max(y, free);
      free = at + height + rowGap;
      const x = sends ? inside.x - columnPitch : inside.x + inside.width + columnGap;
      cards.set(node.id, { x, y: at, width: cardWidth, height });
    }
  }
}

function byLayerAndName(a: TopologyNode, b: TopologyNode): number {
  return order[a.layer] - order[b.layer] || compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
