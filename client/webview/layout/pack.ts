// Packs rectangles into a sheet of good proportions, in the order given: each as high up, then as far left, as it fits.
import type { Point, Size } from './geometry';

/** Between two rectangles, across and down. */
type Gap = Point;

export interface Packing extends Size {
  readonly places: readonly Point[];
  /** The width that was aimed at: given back as `previousLimit`, it keeps the packing steady between edits. */
  readonly limit: number;
}

/** Another width must be this much better before everything moves. */
const steadiness = 1.35;

/**
 * `aspect`: wanted width by height. `step`: how much the width may grow between two attempts, at least.
 * `previousLimit`: the limit of the packing before an edit.
 */
export function pack(
  sizes: readonly Size[],
  { gap, aspect, step, previousLimit }: { gap: Gap; aspect: number; step: number; previousLimit?: number | undefined },
): Packing {
  const widest = Math.max(0, ...sizes.map(({ width }) => width));
  const row = sizes.reduce((sum, { width }) => sum + width + gap.x, -gap.x);
  const limits: number[] = [];
  for (let limit = widest; limit < row; limit = Math.max(limit + step, limit * 1.15)) limits.push(limit);
  limits.push(Math.max(widest, row));
  let best = packInto(sizes, widest, gap);
  for (const limit of limits) {
    const packing = packInto(sizes, limit, gap);
    if (distance(packing, aspect) < distance(best, aspect)) best = packing;
    // From here on it only gets wider.
    if (packing.width > packing.height * aspect * 2) break;
  }
  if (previousLimit === undefined || previousLimit < widest) return best;
  const previous = packInto(sizes, previousLimit, gap);
  return distance(previous, aspect) < distance(best, aspect) * steadiness ? previous : best;
}

/** How much smaller than ideal the packing would be shown on a sheet of the wanted proportions. */
function distance({ width, height }: Size, aspect: number): number {
  return Math.max(width / aspect, height);
}

/** The skyline holds, from left to right, how far down each stretch is filled. */
interface Stretch {
  readonly x: number;
  readonly right: number;
  readonly y: number;
}

function packInto(sizes: readonly Size[], limit: number, gap: Gap): Packing {
  let skyline: readonly Stretch[] = [{ x: 0, right: limit + gap.x, y: 0 }];
  let width = 0;
  let height = 0;
  const places = sizes.map((size) => {
    const place = lowest(skyline, size.width + gap.x);
    skyline = fill(skyline, { x: place.x, right: place.x + size.width + gap.x, y: place.y + size.height + gap.y });
    width = Math.max(width, place.x + size.width);
    height = Math.max(height, place.y + size.height);
    return place;
  });
  return { places, width, height, limit };
}

function lowest(skyline: readonly Stretch[], width: number): Point {
  const end = skyline.at(-1)?.right ?? 0;
  let best: Point = { x: 0, y: Infinity };
  for (const { x } of skyline) {
    if (x > 0 && x + width > end + 0.5) break;
    const y = Math.max(0, ...skyline.filter((other) => other.x < x + width && other.right > x).map((other) => other.y));
    if (y < best.y) best = { x, y };
  }
  return best;
}

function fill(skyline: readonly Stretch[], filled: Stretch): readonly Stretch[] {
  const rest = skyline.flatMap((stretch) => [
    ...(stretch.x < filled.x ? [{ ...stretch, right: Math.min(stretch.right, filled.x) }] : []),
    ...(stretch.right > filled.right ? [{ ...stretch, x: Math.max(stretch.x, filled.right) }] : []),
  ]);
  return [...rest, filled].sort((a, b) => a.x - b.x);
}
