// Ties the parts together: the graph from the host, what the person chose, and what is drawn.
import { steadyView } from './anchor';
import { showDetails } from './details';
import { createCanvas } from './draw/canvas';
import { html, iconButton } from './draw/elements';
import { signs } from './draw/icons';
import { createViewport } from './draw/viewport';
import { emptyText } from './empty';
import { everything, type Filter } from './filter';
import type { Host } from './host';
import { listenToKeys } from './keys';
import { createMeasure } from './measure';
import { nextCard, readingOrder } from './navigate';
import type { TopologyView, ToView } from './protocol';
import { scene as createScene, type Scene } from './scene';
import { search } from './search';
import { createToolbar } from './toolbar';

const nothing: TopologyView = { nodes: [], edges: [] };
const keepDelay = 200;
/** A graph of few cards begins at a size at which names can be read. */
const fewCards = 40;
const readable = 0.45;
/** The size of the surroundings of an object in a large graph. */
const comfortable = 0.7;

/** The part of the drawing that lies behind the details, which are beside it or below. */
function coveredBy(panel: HTMLElement): { readonly right: number; readonly bottom: number } {
  if (panel.hidden) return { right: 0, bottom: 0 };
  const isBelow = panel.offsetWidth + 30 > (panel.parentElement?.offsetWidth ?? 0);
  return isBelow ? { right: 0, bottom: panel.offsetHeight + 24 } : { right: panel.offsetWidth + 24, bottom: 0 };
}

/** Builds the view inside `app` and lives as long as the page. */
export function start(app: HTMLElement, host: Host): void {
  const kept = host.kept();
  const measure = createMeasure();
  let graph: TopologyView | undefined;
  let filter: Filter = { ...everything, ...kept.filter };
  let query = kept.query ?? '';
  let selected: string | null = kept.selected ?? null;
  let detailsWanted = false;
  let hits: readonly string[] = [];
  let scene: Scene = createScene(nothing, filter, { measure, aspect: 1 });
  let placed = false;
  let timer = 0;

  const canvas = createCanvas(measure);
  const panel = html('aside', { class: 'details', hidden: '' });
  const empty = html('p', { class: 'empty', hidden: '' });
  const toolbar = createToolbar({ filter: setFilter, search: setQuery, step });
  const zoomButtons = html(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    iconButton(signs.plus, 'Zoom in (+)', () => viewport.zoomBy(1.3)),
    iconButton(signs.minus, 'Zoom out (-)', () => viewport.zoomBy(1 / 1.3)),
    iconButton(signs.fit, 'Show everything (0)', showAll),
  );
  app.replaceChildren(
    toolbar.root,
    html('main', { class: 'stage' }, canvas.root, empty, toolbar.legend, zoomButtons, panel),
  );
  const viewport = createViewport(
    canvas.root,
    () => coveredBy(panel),
    (view) => {
      canvas.zoomed(view);
      keep();
    },
  );
  toolbar.search.value = query;

  function keep(): void {
    clearTimeout(timer);
    if (placed) timer = setTimeout(() => host.keep({ filter, query, selected, view: viewport.view() }), keepDelay);
  }

  /** Draws the graph anew; `steady` keeps what is seen where it was, unless all of it was seen and nothing is chosen. */
  function redraw(steady: boolean): void {
    const before = scene;
    const middle = viewport.middle();
    const wasFitted = viewport.isFitted();
    const sheet = { measure, aspect: viewport.aspect() };
    scene = createScene(graph ?? nothing, filter, sheet, steady ? before : undefined);
    canvas.draw(scene, steady);
    toolbar.update(graph ?? nothing, filter);
    const some = scene.cards.size > 0;
    empty.hidden = some || graph === undefined;
    empty.textContent = emptyText(graph ?? nothing);
    toolbar.legend.hidden = zoomButtons.hidden = (graph?.nodes.length ?? 0) === 0;
    updateSearch();
    updateSelection();
    const isChosen = selected !== null && scene.cards.has(selected);
    if (some && (!steady || !placed || (wasFitted && !isChosen))) {
      if (!placed && kept.view) viewport.set(kept.view);
      else fit();
      placed = true;
    } else if (some) {
      const view = steadyView(viewport.view(), before.placement.cards, scene.placement.cards, { selected, middle });
      if (view) viewport.set(view);
      else fit();
    }
    keep();
  }

  /** All of few cards; of many, where the person is working, at a size at which names can be read. */
  function fit(): void {
    const isFew = scene.cards.size <= fewCards;
    const rect = selected === null ? undefined : scene.placement.cards.get(selected);
    if (rect && !isFew) {
      viewport.center(rect, { smooth: placed, zoom: comfortable, within: scene.placement.bounds });
      return;
    }
    viewport.fit(scene.placement.bounds, { smooth: placed, least: isFew ? readable : 0 });
    if (rect && !placed) viewport.reveal(rect);
  }

  /** Fills the window as it is now, whatever stood where before. */
  function showAll(): void {
    redraw(false);
    viewport.fit(scene.placement.bounds, { smooth: true });
  }

  function setFilter(change: Partial<Filter>): void {
    filter = { ...filter, ...change };
    redraw(false);
  }

  function setQuery(text: string): void {
    query = text;
    updateSearch();
    keep();
  }

  function updateSearch(): void {
    const active = query.trim() !== '';
    const order = readingOrder(scene.placement.cards);
    const found = new Set(active ? search([...scene.nodes.values()], query) : []);
    hits = order.filter((id) => found.has(id));
    canvas.find(active ? found : null);
    toolbar.hits(selected === null ? 0 : hits.indexOf(selected) + 1, hits.length, active);
  }

  function step(by: 1 | -1): void {
    const at = selected === null ? -1 : hits.indexOf(selected);
    const next = at === -1 ? (by === 1 ? hits[0] : hits.at(-1)) : hits[(at + by + hits.length) % hits.length];
    if (next !== undefined) choose(next);
  }

  function updateSelection(): void {
    canvas.select(selected);
    showDetails(panel, scene, detailsWanted ? selected : null, {
      open,
      openProblem: (id, index) => host.post({ type: 'openProblem', id, index }),
      select: choose,
      close: () => {
        detailsWanted = false;
        updateSelection();
      },
    });
    toolbar.hits(selected === null ? 0 : hits.indexOf(selected) + 1, hits.length, query.trim() !== '');
  }

  function choose(id: string | null, show = true): void {
    selected = id;
    if (id === null) detailsWanted = false;
    else if (show) detailsWanted = true;
    updateSelection();
    const rect = id === null ? undefined : scene.placement.cards.get(id);
    if (rect) viewport.reveal(rect);
    keep();
  }

  /** The cursor has moved to another object. Until a person moves the drawing, it moves along. */
  function follow(id: string | null): void {
    const wasFitted = viewport.isFitted();
    choose(id, false);
    if (wasFitted && id !== null && scene.cards.size > fewCards) fit();
  }

  function open(id: string): void {
    if (scene.nodes.get(id)?.file !== undefined) host.post({ type: 'open', id });
  }

  canvas.root.addEventListener('click', (event) => {
    const id = canvas.cardAt(event);
    choose(id);
    if (id === null) return;
    canvas.focus(id);
    open(id);
  });
  canvas.root.addEventListener('dblclick', (event) => {
    if (canvas.cardAt(event) === null) showAll();
  });

  listenToKeys(canvas.root, toolbar.search, {
    escape: () => {
      if (query !== '') {
        toolbar.search.value = '';
        setQuery('');
      } else choose(null);
      canvas.root.focus();
    },
    step,
    open: () => {
      if (selected !== null) open(selected);
    },
    move: (direction) => {
      const from = selected !== null && scene.nodes.has(selected) ? selected : undefined;
      const { incoming, outgoing } = scene.relations(from ?? '');
      const linked = [...incoming, ...outgoing].filter(({ link }) => !link.quiet).map(({ other }) => other);
      const first = readingOrder(scene.placement.cards)[0];
      const next = from === undefined ? first : nextCard(from, direction, scene.placement.cards, linked);
      if (next === undefined) return;
      choose(next);
      canvas.focus(next);
    },
    tab: (by) => {
      const order = readingOrder(scene.placement.cards);
      const at = selected === null ? -1 : order.indexOf(selected);
      const next = at === -1 ? (by === 1 ? order[0] : undefined) : order[at + by];
      if (next === undefined) return false;
      choose(next);
      canvas.focus(next);
      return true;
    },
    zoom: (factor) => viewport.zoomBy(factor),
    fit: showAll,
    pan: (dx, dy) => viewport.panBy(dx, dy),
  });

  new ResizeObserver(() => {
    if (placed && viewport.isFitted()) redraw(false);
  }).observe(canvas.root);

  host.onMessage((message: ToView) => {
    if (message.type === 'graph') {
      const first = graph === undefined;
      graph = message.graph;
      redraw(!first);
    } else if (message.id !== selected) follow(message.id);
  });
  host.post({ type: 'ready' });
}
