// The drawing from far away: a handful of paths instead of a thousand cards.
import { hasProblem } from '../filter';
import { cardWidth, type Rect } from '../layout/geometry';
import type { EdgeState, Layer } from '../protocol';
import type { Scene } from '../scene';
import { worst } from './cards';
import { svg } from './elements';

const layers: readonly Layer[] = ['external', 'edge', 'service', 'workload', 'policy', 'config'];
const states: readonly EdgeState[] = ['ok', 'blocked', 'broken'];

/** All of a scene: lines, cards in the colours of their layers, dots where there are problems. */
export function drawMap(scene: Scene): readonly SVGElement[] {
  const rects = [...scene.nodes.values()].flatMap((node) => {
    const rect = scene.placement.cards.get(node.id);
    return rect ? [{ node, rect }] : [];
  });
  const lines = states.map((state) => {
    const own = scene.links.filter((link) => link.state === state && !link.quiet);
    return path(`map-line ${state}`, own.map(({ key }) => scene.routes.get(key)?.line ?? '').join(''));
  });
  const cards = layers.map((layer) => {
    const own = rects.filter(({ node }) => node.layer === layer && !node.missing);
    return path(`map-cards layer-${layer}`, own.map(({ rect }) => outline(rect)).join(''));
  });
  const missing = rects.filter(({ node }) => node.missing);
  const dots = (['warning', 'error'] as const).map((level) => {
    const own = rects.filter(({ node }) => hasProblem(node) && worst(node) === level);
    // A line without length has round ends: a dot of one size at every zoom.
    return path(`map-dots has-${level}`, own.map(({ rect }) => `M${rect.x + cardWidth} ${rect.y}h0`).join(''));
  });
  return [...lines, ...cards, path('map-missing', missing.map(({ rect }) => outline(rect)).join('')), ...dots];
}

/** The rectangles of some cards as one path. */
export function outline({ x, y, width, height }: Rect): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

function path(className: string, d: string): SVGPathElement {
  return svg('path', { class: className, d });
}
