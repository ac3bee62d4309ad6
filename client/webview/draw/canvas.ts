// The drawing: keeps the page's elements equal to a scene, and knows what is selected, found and under the mouse.
import type { Measure } from '../card';
import type { View } from '../anchor';
import type { Link } from '../layout/links';
import type { Scene } from '../scene';
import { drawBox, type DrawnBox } from './boxes';
import { describe, drawCard } from './cards';
import { svg } from './elements';
import { drawLink, verb } from './links';

export interface Canvas {
  readonly root: SVGSVGElement;
  readonly draw: (scene: Scene, smooth: boolean) => void;
  readonly zoomed: (view: View) => void;
  readonly select: (id: string | null) => void;
  /** Only these stand out; null: no search. */
  readonly find: (ids: ReadonlySet<string> | null) => void;
  readonly focus: (id: string) => void;
}

interface DrawnCard {
  readonly element: SVGGElement;
  readonly content: string;
  x: number;
  y: number;
}

/** More cards than this jump to their places: moving them would stutter. */
const mostMoving = 250;

export function createCanvas(measure: Measure): Canvas {
  const layers = ['boxes', 'links', 'cards', 'titles'].map((name) => svg('g', { class: name }));
  const [boxLayer, linkLayer, cardLayer, titleLayer] = layers as [SVGGElement, SVGGElement, SVGGElement, SVGGElement];
  const world = svg('g', {}, ...layers);
  const root = svg('svg', { class: 'canvas', role: 'group', 'aria-label': 'Topology', tabindex: 0 }, world);
  let cards = new Map<string, DrawnCard>();
  let lines = new Map<string, { element: SVGGElement; content: string; link: Link }>();
  let boxes: readonly DrawnBox[] = [];
  let selected: string | null = null;
  let hovered: string | null = null;
  let found: ReadonlySet<string> | null = null;
  let zoom = 0;

  const drawCards = (scene: Scene, smooth: boolean): void => {
    const before = cards;
    cards = new Map();
    for (const [id, card] of scene.cards) {
      const node = scene.nodes.get(id);
      const at = scene.placement.cards.get(id);
      if (!node || !at) continue;
      const content = JSON.stringify([
        node.kind,
        node.layer,
        node.missing,
        node.replicas,
        node.problems,
        card,
        describe(node),
      ]);
      const old = before.get(id);
      const kept = old?.content === content ? old : undefined;
      const element = kept?.element ?? drawCard(node, card, measure);
      element.setAttribute('transform', `translate(${at.x} ${at.y})`);
      element.dataset['id'] = id;
      if (smooth && old && (old.x !== at.x || old.y !== at.y)) {
        const [from, to] = [old, at].map(({ x, y }) => `translate(${x}px, ${y}px)`) as [string, string];
        element.animate([{ transform: from }, { transform: to }], { duration: 200, easing: 'ease-out' });
      }
      cards.set(id, { element, content, x: at.x, y: at.y });
    }
    cardLayer.replaceChildren(...[...cards.values()].map(({ element }) => element));
  };
  const drawLinks = (scene: Scene, smooth: boolean): void => {
    const before = lines;
    lines = new Map();
    for (const link of scene.links) {
      const route = scene.routes.get(link.key);
      if (!route) continue;
      const title = sentence(link, scene);
      const content = `${route.line} ${title}`;
      const old = before.get(link.key);
      const element = old?.content === content ? old.element : drawLink(link, route, title, measure);
      if (smooth && old?.content !== content) element.animate([{ opacity: 0 }, {}], { duration: 250 });
      lines.set(link.key, { element, content, link });
    }
    linkLayer.replaceChildren(...[...lines.values()].map(({ element }) => element));
  };
  /** Classes say what stands out; the style sheet says how. */
  const mark = (): void => {
    const center = selected ?? hovered;
    const near = new Set<string>();
    for (const { element, link } of lines.values()) {
      const active = center !== null && (link.from === center || link.to === center);
      const touched = active || (hovered !== null && (link.from === hovered || link.to === hovered));
      element.classList.toggle('active', touched);
      if (active) near.add(link.from).add(link.to);
    }
    for (const [id, { element }] of cards) {
      element.classList.toggle('selected', id === selected);
      element.classList.toggle('beside', id !== selected && near.has(id));
      element.classList.toggle('found', found?.has(id) ?? false);
      element.setAttribute('tabindex', id === selected ? '0' : '-1');
    }
    root.classList.toggle('has-selection', selected !== null && cards.has(selected));
    root.classList.toggle('searching', found !== null);
  };
  const hover = (target: EventTarget | null): void => {
    const id = cardAt(target);
    if (id === hovered) return;
    hovered = id;
    mark();
  };
  root.addEventListener('pointerover', (event) => hover(event.target));
  root.addEventListener('pointerleave', () => hover(null));

  return {
    root,
    draw: (scene, wanted) => {
      const smooth =
        wanted && scene.cards.size <= mostMoving && !matchMedia('(prefers-reduced-motion: reduce)').matches;
      drawCards(scene, smooth);
      drawLinks(scene, smooth);
      boxes = scene.placement.boxes.map(drawBox);
      boxLayer.replaceChildren(...boxes.map(({ frame }) => frame));
      titleLayer.replaceChildren(...boxes.map(({ title }) => title));
      for (const box of boxes) box.resize(zoom || 1);
      mark();
    },
    zoomed: ({ x, y, k }) => {
      world.setAttribute('transform', `translate(${x} ${y}) scale(${k})`);
      if (k === zoom) return;
      zoom = k;
      root.classList.toggle('overview', k < 0.66);
      root.classList.toggle('map', k < 0.3);
      for (const box of boxes) box.resize(k);
    },
    select: (id) => {
      selected = id;
      mark();
    },
    find: (ids) => {
      found = ids;
      mark();
    },
    focus: (id) => cards.get(id)?.element.focus({ preventScroll: true }),
  };
}

/** The id of the card that an event happened on. */
export function cardAt(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<SVGGElement>('.card')?.dataset['id'] ?? null) : null;
}

function sentence(link: Link, scene: Scene): string {
  const [from, to] = [link.from, link.to].map((id) => {
    const node = scene.nodes.get(id);
    return node ? `${node.kind} ${node.name}` : id;
  }) as [string, string];
  const labels = link.labels.length > 0 ? `: ${link.labels.join(', ')}` : '';
  return [`${from} ${verb(link)} ${to}${labels}`, ...link.messages].join('\n');
}
