// Keeps the picture still when a new graph replaces the old one.
import { center, type Point, type Rect } from './layout/geometry';

/** `x`, `y`: where the drawing's 0, 0 is on the screen; `k`: the zoom. */
export interface View extends Point {
  readonly k: number;
}

/**
 * The view in which the anchor is where it was: the selected card if it is still there, else the card nearest to the
 * middle of what was seen; undefined if no card stayed.
 */
export function steadyView(
  view: View,
  before: ReadonlyMap<string, Rect>,
  after: ReadonlyMap<string, Rect>,
  { selected, middle }: { selected: string | null; middle: Point },
): View | undefined {
  const anchor =
    selected !== null && before.has(selected) && after.has(selected) ? selected : nearest(before, after, middle);
  const was = anchor === undefined ? undefined : before.get(anchor);
  const is = anchor === undefined ? undefined : after.get(anchor);
  if (!was || !is) return undefined;
  return { k: view.k, x: view.x + (was.x - is.x) * view.k, y: view.y + (was.y - is.y) * view.k };
}

function nearest(
  before: ReadonlyMap<string, Rect>,
  after: ReadonlyMap<string, Rect>,
  middle: Point,
): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const [id, rect] of before) {
    if (!after.has(id)) continue;
    const { x, y } = center(rect);
    const distance = Math.hypot(x - middle.x, y - middle.y);
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}
