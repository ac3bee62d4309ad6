// Sizes of the drawing, in pixels at zoom 1. All cards have one width and columns have one pitch, so that layers line up.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `x`, `y`: the top left corner. */
export interface Rect extends Point, Size {}

export const cardWidth = 208;
/** Between two columns of cards: room for an edge and its label. */
export const columnGap = 104;
export const columnPitch = cardWidth + columnGap;
/** Between two cards of a column. */
export const rowGap = 22;
/** Inside a namespace's box, around its cards. */
export const boxPadding = 28;
/** Above the cards of a box, for its title. */
export const boxTitle = 42;
export const boxGap = 40;

/** The smallest rectangle around all; a single point at 0, 0 if there is none. */
export function bounds(rects: Iterable<Rect>): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return right < left
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

export function center(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}
