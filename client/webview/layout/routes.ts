// The line of each link as SVG paths: level where it leaves, arrives and passes other cards, curved between the columns.
import { center, type Point, type Rect } from './geometry';
import type { Link } from './links';

export interface Route {
  readonly line: string;
  readonly head: string;
  /** Where a label is read best: in the gap before the target, or after the source if many lines end at the target. */
  readonly label: Point;
  /** Half way, for the sign of a broken or blocked line. */
  readonly middle: Point;
}

/** Between two lines that leave or reach one side of a card. */
const portDistance = 11;

/** By link key; every link whose two cards are placed has a route. */
export function routes(
  links: readonly Link[],
  cards: ReadonlyMap<string, Rect>,
  bends: ReadonlyMap<string, readonly Point[]>,
): ReadonlyMap<string, Route> {
  const lines = links.flatMap((link) => {
    const from = cards.get(link.from);
    const to = cards.get(link.to);
    return from && to ? [{ link, from, to, via: bends.get(link.key) ?? [], ...sides(from, to) }] : [];
  });
  // Quiet lines are too many to have places of their own.
  const { y, count } = ports(
    lines.flatMap(({ link, from, to, via, out, into }) =>
      link.quiet
        ? []
        : [
            { key: `${link.key} start`, side: sideOf(link.from, out), rect: from, towards: via[0] ?? center(to) },
            { key: `${link.key} end`, side: sideOf(link.to, into), rect: to, towards: via.at(-1) ?? center(from) },
          ],
    ),
  );
  return new Map(
    lines.map(({ link, from, to, via, out, into }) => {
      const start = { x: edgeX(from, out), y: y.get(`${link.key} start`) ?? center(from).y };
      const end = { x: edgeX(to, into), y: y.get(`${link.key} end`) ?? center(to).y };
      const crowdedEnd = (count.get(sideOf(link.to, into)) ?? 1) > (count.get(sideOf(link.from, out)) ?? 1);
      return [link.key, route(start, end, via, { out, into, crowdedEnd, width: from.width })];
    }),
  );
}

/** 1: the right side of a card; -1: the left one. */
type Side = 1 | -1;

function sides(from: Rect, to: Rect): { out: Side; into: Side } {
  if (to.x >= from.x + from.width) return { out: 1, into: -1 };
  if (to.x + to.width <= from.x) return { out: -1, into: 1 };
  return { out: 1, into: 1 };
}

function edgeX(rect: Rect, side: Side): number {
  return side === 1 ? rect.x + rect.width : rect.x;
}

function sideOf(id: string, side: Side): string {
  return `${id} ${side}`;
}

interface Port {
  readonly key: string;
  readonly side: string;
  readonly rect: Rect;
  readonly towards: Point;
}

/** Spreads the lines of each side of each card so that they do not cross right there. */
function ports(all: readonly Port[]): { y: ReadonlyMap<string, number>; count: ReadonlyMap<string, number> } {
  const groups = new Map<string, Port[]>();
  for (const port of all) {
    const group = groups.get(port.side);
    if (group) group.push(port);
    else groups.set(port.side, [port]);
  }
  const y = new Map<string, number>();
  for (const group of groups.values()) {
    group.sort((a, b) => a.towards.y - b.towards.y);
    group.forEach(({ key, rect }, index) => {
      const distance = Math.min(portDistance, (rect.height - 20) / Math.max(1, group.length - 1));
      y.set(key, center(rect).y + (index - (group.length - 1) / 2) * distance);
    });
  }
  return { y, count: new Map([...groups].map(([key, group]) => [key, group.length])) };
}

function route(
  start: Point,
  end: Point,
  via: readonly Point[],
  { out, into, crowdedEnd, width }: { out: Side; into: Side; crowdedEnd: boolean; width: number },
): Route {
  // The ends of the level stretches; a curve leads from each pair's second point to the next pair's first.
  const stops = via.map(
    ({ x, y }) =>
      [
        { x: x - (out * width) / 2, y },
        { x: x + (out * width) / 2, y },
      ] as const,
  );
  const gaps: (readonly [Point, Point])[] = [];
  let at = start;
  for (const [enter, leave] of stops) {
    gaps.push([at, enter]);
    at = leave;
  }
  gaps.push([at, end]);
  const last = gaps.length - 1;
  const line = gaps.map(([a, b], index) => {
    const pull = out === into ? 56 : Math.max(28, Math.abs(b.x - a.x) / 2);
    const arrives = index === last ? into : -out;
    const curve = `C${at1(a.x + out * pull)} ${at1(a.y)} ${at1(b.x + arrives * pull)} ${at1(b.y)} ${at1(b.x)} ${at1(b.y)}`;
    return `${index === 0 ? 'M' : 'L'}${at1(a.x)} ${at1(a.y)}${curve}`;
  });
  const [a, b] = gaps[crowdedEnd ? 0 : last] ?? [start, end];
  const [c, d] = gaps[Math.floor(gaps.length / 2)] ?? [start, end];
  const tip = end.x + into * 2;
  const head = `M${at1(tip + into * 6)} ${at1(end.y - 4)}L${at1(tip)} ${at1(end.y)}L${at1(tip + into * 6)} ${at1(end.y + 4)}`;
  const bulge = out === into ? out * 42 : 0;
  return { line: line.join(''), head, label: between(a, b, bulge), middle: between(c, d, bulge) };
}

function between(a: Point, b: Point, bulge: number): Point {
  return { x: (a.x + b.x) / 2 + bulge, y: (a.y + b.y) / 2 };
}

/** One decimal is finer than a pixel and keeps the page small. */
function at1(value: number): string {
  return String(Math.round(value * 10) / 10);
}
