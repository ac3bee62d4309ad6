// Where an arrow key leads from a card.
import { center, type Rect } from './layout/geometry';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The links' ends come first for left and right; else the nearest card in that direction; undefined at the border. */
export function nextCard(
  from: string,
  direction: Direction,
  cards: ReadonlyMap<string, Rect>,
  neighbours: readonly string[],
): string | undefined {
  const origin = cards.get(from);
  if (!origin) return undefined;
  const sideways = direction === 'left' || direction === 'right';
  const linked = sideways ? nearest(origin, direction, cards, neighbours) : undefined;
  return linked ?? nearest(origin, direction, cards, cards.keys(), from);
}

function nearest(
  origin: Rect,
  direction: Direction,
  cards: ReadonlyMap<string, Rect>,
  ids: Iterable<string>,
  except?: string,
): string | undefined {
  const at = center(origin);
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const rect = cards.get(id);
    if (!rect || id === except) continue;
    const to = center(rect);
    const [dx, dy] = [to.x - at.x, to.y - at.y];
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const aside = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
    // Not within a right angle around the direction: it would not look like that way.
    if (ahead <= 1 || aside > ahead * 2) continue;
    const distance = ahead + aside * 2;
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}

/** The order of Tab: box by box as people read, so top to bottom in columns from left to right. */
export function readingOrder(cards: ReadonlyMap<string, Rect>): readonly string[] {
  const row = 60;
  return [...cards]
    .sort(([, a], [, b]) => Math.floor(a.y / row) - Math.floor(b.y / row) || a.x - b.x)
    .map(([id]) => id);
}
