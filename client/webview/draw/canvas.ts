// The drawing: keeps the page's elements equal to a scene, and knows what is selected, found and under the mouse.
import type { Measure } from '../card';
import type { View } from '../anchor';
import { bounds, type Point, type Rect } from '../layout/geometry';
import type { Link } from '../layout/links';
import type { TopologyNode } from '../protocol';
import type { Scene } from '../scene';
import { verb } from '../verbs';
import { drawBox, type DrawnBox } from './boxes';
import { describe, drawCard } from './cards';
import { isMap, isOverview } from './distance';
import { svg } from './elements';
import { drawLink } from './links';
import { drawMap, outline } from './map';
import { createMounted } from './mounted';

export interface Canvas {
  readonly root: SVGSVGElement;
  readonly draw: (scene: Scene, smooth: boolean) => void;
  readonly zoomed: (view: View) => void;
  readonly select: (id: string | null) => void;
  /** Only these stand out; null: no search. */
  readonly find: (ids: ReadonlySet<string> | null) => void;
  readonly focus: (id: string) => void;
  /** The card at a place of the window. */
  readonly cardAt: (event: MouseEvent) => string | null;
}

/** Up to this many cards all are in the page, and move to their new places; beyond, only those in sight. */
const few = 250;
/** How much around the window is in the page too, as a part of its size. */
const surroundings = 0.4;

export function createCanvas(measure: Measure): Canvas {
  const names = ['boxes', 'map-layer', 'links', 'cards', 'marks', 'titles'] as const;
  const layers = names.map((name) => svg('g', { class: name }));
  const [boxLayer, mapLayer, linkLayer, cardLayer, markLayer, titleLayer] = layers as [
    SVGGElement,
    SVGGElement,
    SVGGElement,
    SVGGElement,
    SVGGElement,
    SVGGElement,
  ];
  const world = svg('g', {}, ...layers);
  const root = svg('svg', { class: 'canvas', role: 'group', 'aria-label': 'Topology', tabindex: 0 }, world);
  const cards = createMounted(cardLayer);
  const links = createMounted(linkLayer);
  let scene: Scene | undefined;
  let linkOf = new Map<string, Link>();
  let boxes: readonly DrawnBox[] = [];
  let selected: string | null = null;
  let hovered: string | null = null;
  let found: ReadonlySet<string> | null = null;
  let view: View = { x: 0, y: 0, k: 0 };
  let window: Rect | undefined;

  const inSight = (rect: Rect): boolean =>
    window === undefined ||
    (rect.x < window.x + window.width &&
      rect.x + rect.width > window.x &&
      rect.y < window.y + window.height &&
      rect.y + rect.height > window.y);

  /** Puts into the page what is in sight; gives back what is new there. */
  const mount = (): { cards: readonly string[]; links: readonly string[] } => {
    const now = scene;
    if (!now) return { cards: [], links: [] };
    const all = now.cards.size <= few;
    const map = isMap(view.k) && !all;
    window = all ? undefined : surroundingWindow(root, view);
    const newCards = cards.show(now.cards.keys(), (id) => {
      const [node, card, at] = [now.nodes.get(id), now.cards.get(id), now.placement.cards.get(id)];
      if (!node || !card || !at) return undefined;
      const visible = id === selected || (!map && inSight(at));
      const content = visible ? JSON.stringify([node.layer, node.problems, node.replicas, card, describe(node)]) : '';
      return { visible, content, make: () => drawCard(node, card, measure) };
    });
    for (const [id, element] of cards.elements) {
      const at = now.placement.cards.get(id);
      if (at) element.setAttribute('transform', `translate(${at.x} ${at.y})`);
      element.dataset['id'] = id;
    }
    const newLinks = links.show(linkOf.keys(), (key) => {
      const [link, route] = [linkOf.get(key), now.routes.get(key)];
      const [from, to] = [link?.from, link?.to].map((id) => now.placement.cards.get(id ?? ''));
      if (!link || !route || !from || !to) return undefined;
      const active = touches(link, selected) || touches(link, hovered);
      const visible = active || (!link.quiet && !map && inSight(bounds([from, to])));
      const title = visible ? sentence(link, now) : '';
      return { visible, content: `${route.line} ${title}`, make: () => drawLink(link, route, title, measure) };
    });
    for (const [key, element] of links.elements) {
      // A line between two boxes passes below cards and would disturb in full colour.
      element.classList.toggle('across', !now.placement.bends.has(key));
      const link = linkOf.get(key);
      const ends = [link?.from, link?.to].map((id) => now.nodes.get(id ?? ''));
      element.classList.toggle('governed', link?.type === 'allows' && ends.some((node) => node?.isolation));
    }
    return { cards: newCards, links: newLinks };
  };

  /** Classes say what stands out; the style sheet says how. */
  const mark = (): void => {
    const beside = new Set<string>();
    for (const [key, element] of links.elements) {
      const link = linkOf.get(key);
      if (!link) continue;
      element.classList.toggle('active', touches(link, selected) || touches(link, hovered));
      if (touches(link, selected)) beside.add(link.from).add(link.to);
    }
    for (const [id, element] of cards.elements) {
      element.classList.toggle('selected', id === selected);
      element.classList.toggle('beside', id !== selected && beside.has(id));
      element.classList.toggle('found', found?.has(id) ?? false);
      element.setAttribute('tabindex', id === selected ? '0' : '-1');
    }
    root.classList.toggle('has-selection', selected !== null && (scene?.cards.has(selected) ?? false));
    root.classList.toggle('searching', found !== null);
    const outlines = [...(found ?? [])]
      .map((id) => scene?.placement.cards.get(id))
      .filter((rect) => rect !== undefined);
    markLayer.replaceChildren(svg('path', { class: 'map-found', d: outlines.map(outline).join('') }));
  };
  const refresh = (): void => {
    mount();
    mark();
  };
  const hover = (id: string | null): void => {
    if (id === hovered) return;
    hovered = id;
    refresh();
  };
  root.addEventListener('pointerover', ({ target }) => hover(idOf(target)));
  root.addEventListener('pointerleave', () => hover(null));

  return {
    root,
    draw: (next, wanted) => {
      const before = scene?.placement.cards;
      const smooth = wanted && next.cards.size <= few && !matchMedia('(prefers-reduced-motion: reduce)').matches;
      scene = next;
      linkOf = new Map(next.links.map((link) => [link.key, link]));
      const fresh = mount();
      if (smooth) {
        for (const [id, element] of cards.elements) slide(element, before?.get(id), next.placement.cards.get(id));
        for (const key of fresh.links) links.elements.get(key)?.animate([{ opacity: 0 }, {}], { duration: 250 });
      }
      boxes = next.placement.boxes.map(drawBox);
      boxLayer.replaceChildren(...boxes.map(({ frame }) => frame));
      titleLayer.replaceChildren(...boxes.map(({ title }) => title));
      for (const box of boxes) box.resize(view.k || 1);
      mapLayer.replaceChildren(...(next.cards.size > few ? drawMap(next) : []));
      mark();
    },
    zoomed: (to) => {
      const changed = to.k !== view.k;
      view = to;
      world.setAttribute('transform', `translate(${to.x} ${to.y}) scale(${to.k})`);
      if (changed) {
        root.classList.toggle('overview', isOverview(to.k));
        root.classList.toggle('map', isMap(to.k));
        for (const box of boxes) box.resize(to.k);
      }
      if (window && (changed || !contains(window, visibleWindow(root, to)))) refresh();
    },
    select: (id) => {
      selected = id;
      refresh();
    },
    find: (ids) => {
      found = ids;
      mark();
    },
    focus: (id) => cards.elements.get(id)?.focus({ preventScroll: true }),
    cardAt: (event) => {
      const id = idOf(event.target);
      if (id !== null) return id;
      const { left, top } = root.getBoundingClientRect();
      const at = { x: (event.clientX - left - view.x) / view.k, y: (event.clientY - top - view.y) / view.k };
      return [...(scene?.placement.cards ?? [])].find(([, rect]) => holds(rect, at))?.[0] ?? null;
    },
  };
}

function idOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<SVGGElement>('.card')?.dataset['id'] ?? null) : null;
}

function touches(link: Link, id: string | null): boolean {
  return id !== null && (link.from === id || link.to === id);
}

function visibleWindow(root: SVGSVGElement, { x, y, k }: View): Rect {
  const { clientWidth, clientHeight } = root;
  return { x: -x / k, y: -y / k, width: clientWidth / k, height: clientHeight / k };
}

function surroundingWindow(root: SVGSVGElement, view: View): Rect {
  const { x, y, width, height } = visibleWindow(root, view);
  const [dx, dy] = [width * surroundings, height * surroundings];
  return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    holds(outer, inner) &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function holds({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

function slide(element: SVGGElement, from: Rect | undefined, to: Rect | undefined): void {
  if (!from || !to || (from.x === to.x && from.y === to.y)) return;
  const [start, end] = [from, to].map(({ x, y }) => `translate(${x}px, ${y}px)`) as [string, string];
  element.animate([{ transform: start }, { transform: end }], { duration: 200, easing: 'ease-out' });
}

/** The tooltip of a line. */
function sentence(link: Link, scene: Scene): string {
  const [from, to] = [scene.nodes.get(link.from), scene.nodes.get(link.to)];
  const name = (node: TopologyNode | undefined): string => (node ? `${node.kind} ${node.name}` : '');
  const labels = link.labels.length > 0 ? `: ${link.labels.join(', ')}` : '';
  return [`${name(from)} ${verb(link, from)} ${name(to)}${labels}`, ...link.messages].join('\n');
}
