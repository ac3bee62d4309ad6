// How much is drawn at which zoom.

/** Names and kinds alone, larger. */
export function isOverview(zoom: number): boolean {
  return zoom < 0.66;
}

/** Colours alone: where things are, and where it is broken. */
export function isMap(zoom: number): boolean {
  return zoom < 0.3;
}
