// Places what hangs together in columns from left to right, with dagre.
import { graphlib, layout } from '@dagrejs/dagre';
import { cardWidth, columnGap, columnPitch, rowGap, type Point, type Size } from './geometry';

/** `places`: top left corners, by the order of the cards. `bends`: where a line passes other columns, by the order of the pairs. */
export interface Arrangement extends Size {
  readonly places: readonly Point[];
  readonly bends: readonly (readonly Point[])[];
}

/** `from` and `to` count the cards. In a circle the pairs of least `weight` run backwards. */
export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Beyond this many cards the slower, tighter choice of columns would be felt. */
const manyCards = 300;
/** Arrangements of components that look alike, such as a hundred applications of Ingress, Service and Deployment. */
const known = new Map<string, Arrangement>();
const mostKnown = 5000;

/** The cards' `heights` and the pairs decide everything; equal input gives the equal arrangement without computing it again. */
export function arrange(heights: readonly number[], pairs: readonly Pair[]): Arrangement {
  const key = `${heights.join()};${pairs.map((pair) => `${pair.from}-${pair.to}-${pair.weight}`).join()}`;
  let arrangement = known.get(key);
  if (!arrangement) {
    if (known.size >= mostKnown) known.clear();
    arrangement = compute(heights, pairs);
    known.set(key, arrangement);
  }
  return arrangement;
}

function compute(heights: readonly number[], pairs: readonly Pair[]): Arrangement {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    acyclicer: 'greedy',
    ranksep: columnGap,
    nodesep: rowGap,
    edgesep: 16,
    ...(heights.length > manyCards ? { ranker: 'longest-path' } : {}),
  });
  heights.forEach((height, index) => graph.setNode(String(index), { width: cardWidth, height }));
  pairs.forEach(({ from, to, weight }, index) => graph.setEdge(String(from), String(to), { weight }, String(index)));
  layout(graph);
  const places = heights.map((height, index) => {
    const { x, y } = graph.node(String(index)) as Point;
    return { x: x - cardWidth / 2, y: y - height / 2 };
  });
  const bends = pairs.map(({ from, to }, index) => {
    const { points } = graph.edge(String(from), String(to), String(index)) as { points: readonly Point[] };
    // dagre also names the two ends and points between the columns; lines need those in the middle of a column only.
    return points.slice(1, -1).filter(({ x }) => Math.abs(((x - cardWidth / 2) % columnPitch) - 0) < 1);
  });
  const right = Math.max(...places.map(({ x }) => x + cardWidth));
  const bottom = Math.max(
    ...places.map(({ y }, index) => y + (heights[index] ?? 0)),
    ...bends.flat().map(({ y }) => y),
  );
  return { width: right, height: bottom, places, bends };
}
