// The row above the drawing: search, namespace, problems; and the legend below it, which is also the filter of layers.
import { html, icon, iconButton } from './draw/elements';
import { layerIcons, layerNames, signs } from './draw/icons';
import { hasProblem, type Filter } from './filter';
import { isConnection } from './layout/links';
import { boxKey } from './layout/place';
import type { Layer, TopologyView } from './protocol';

export interface Toolbar {
  readonly root: HTMLElement;
  readonly legend: HTMLElement;
  readonly search: HTMLInputElement;
  /** Shows what the graph offers: namespaces, layers with their counts, the number of problems. */
  readonly update: (graph: TopologyView, filter: Filter) => void;
  /** `at`: which of the `count` hits is selected, from 1; 0: none. */
  readonly hits: (at: number, count: number, active: boolean) => void;
}

export interface ToolbarActions {
  readonly filter: (change: Partial<Filter>) => void;
  readonly search: (query: string) => void;
  readonly step: (by: 1 | -1) => void;
}

const layers: readonly Layer[] = ['external', 'edge', 'service', 'workload', 'policy', 'config'];

export function createToolbar(actions: ToolbarActions): Toolbar {
  const search = html('input', {
    type: 'text',
    placeholder: 'Search name, kind:, ns:, port:',
    'aria-label': 'Search the topology (/)',
    title: 'Search (/ or Ctrl+F)',
    spellcheck: 'false',
  });
  search.addEventListener('input', () => actions.search(search.value));
  const count = html('span', { class: 'count', role: 'status' });
  const previous = iconButton(signs.up, 'Previous match (Shift+Enter)', () => actions.step(-1));
  const next = iconButton(signs.down, 'Next match (Enter)', () => actions.step(1));
  const field = html('div', { class: 'search' }, icon(signs.search), search, count, previous, next);
  const boxes = html('select', { 'aria-label': 'Namespace', title: 'Show one namespace only' });
  boxes.addEventListener('change', () => actions.filter({ box: boxes.value }));
  const problems = html('button', {
    type: 'button',
    class: 'toggle problems',
    title: 'Show only what is broken and its neighbours',
  });
  const traffic = html(
    'button',
    { type: 'button', class: 'toggle traffic', title: 'Show which workloads may connect, and by which policies' },
    icon(layerIcons.policy),
    'Traffic',
  );
  const summary = html('span', { class: 'summary muted', role: 'status' });
  const root = html(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': 'Search and filter' },
    field,
    boxes,
    traffic,
    problems,
    summary,
  );
  const legend = html('div', { class: 'legend', role: 'group', 'aria-label': 'Layers' });
  let current: Filter | undefined;
  problems.addEventListener('click', () => actions.filter({ problems: !current?.problems }));

  traffic.addEventListener('click', () => actions.filter({ traffic: !current?.traffic }));

  const toggle = (layer: Layer, amount: number, filter: Filter): HTMLElement => {
    const shown = !filter.hiddenLayers.includes(layer);
    const name = layerNames[layer];
    const button = html('button', {
      type: 'button',
      class: `toggle layer-${layer}`,
      'data-layer': layer,
      'aria-pressed': String(shown),
      title: shown ? `Hide: ${name}` : `Show: ${name}`,
    });
    button.append(icon(layerIcons[layer], 'icon kind-icon'), name, html('span', { class: 'muted' }, String(amount)));
    button.addEventListener('click', () => {
      const others = filter.hiddenLayers.filter((one) => one !== layer);
      actions.filter({ hiddenLayers: shown ? [...others, layer] : others });
    });
    return button;
  };

  return {
    root,
    legend,
    search,
    update: (graph, filter) => {
      current = filter;
      const names = new Map<string, string>();
      for (const node of graph.nodes) {
        if (node.namespace === undefined) continue;
        names.set(boxKey(node), node.bundle === undefined ? node.namespace : `${node.namespace} (${node.bundle})`);
      }
      const options = [...names].sort(([, a], [, b]) => a.localeCompare(b));
      boxes.replaceChildren(
        html('option', { value: '' }, 'All namespaces'),
        ...options.map(([key, name]) => html('option', { value: key }, name)),
      );
      boxes.value = names.has(filter.box) ? filter.box : '';
      boxes.hidden = options.length < 2 && filter.box === '';
      // A placeholder repeats what is wrong with the object that points at it.
      const [placeholders, objectsWithProblems] = [true, false].map(
        (missing) => graph.nodes.filter((node) => hasProblem(node) && (node.missing ?? false) === missing).length,
      ) as [number, number];
      const broken = objectsWithProblems || placeholders;
      problems.replaceChildren(icon(signs.warning), broken === 0 ? 'No problems' : `Problems ${broken}`);
      problems.disabled = broken === 0 && !filter.problems;
      problems.classList.toggle('some', broken > 0);
      problems.setAttribute('aria-pressed', String(filter.problems));
      const connections = graph.edges.filter(isConnection(graph));
      traffic.hidden = connections.length === 0 && !filter.traffic;
      traffic.setAttribute('aria-pressed', String(filter.traffic));
      const objects = graph.nodes.filter(({ missing }) => !missing).length;
      summary.textContent = objects === 1 ? '1 object' : `${objects} objects`;
      const focused =
        document.activeElement instanceof HTMLElement ? document.activeElement.dataset['layer'] : undefined;
      const present = layers.filter((layer) => graph.nodes.some((node) => node.layer === layer));
      const buttons = present.map((layer) =>
        toggle(layer, graph.nodes.filter((node) => node.layer === layer && !node.missing).length, filter),
      );
      const keys = filter.traffic
        ? { governed: 'allowed by policies', open: 'no policy decides', blocked: 'called, but blocked' }
        : { broken: 'broken', blocked: 'blocked' };
      legend.classList.toggle('traffic', filter.traffic);
      legend.setAttribute('aria-label', filter.traffic ? 'Lines' : 'Layers');
      legend.replaceChildren(
        ...(filter.traffic ? [] : buttons),
        ...Object.entries(keys).map(([name, text]) => html('span', { class: `key ${name}` }, text)),
      );
      if (focused !== undefined) buttons.find((button) => button.dataset['layer'] === focused)?.focus();
    },
    hits: (at, found, active) => {
      count.textContent = !active ? '' : found === 0 ? 'none' : at === 0 ? String(found) : `${at} of ${found}`;
      field.classList.toggle('nothing', active && found === 0);
      previous.disabled = next.disabled = found === 0;
    },
  };
}
