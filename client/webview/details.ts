// The panel beside the drawing: everything about the selected object.
import { html, icon, iconButton } from './draw/elements';
import { layerIcons, signs } from './draw/icons';
import type { TopologyNode } from './protocol';
import type { Relation } from './relations';
import type { Scene } from './scene';
import { verb } from './verbs';

export interface DetailsActions {
  readonly open: (id: string) => void;
  readonly openProblem: (id: string, index: number) => void;
  readonly select: (id: string) => void;
  readonly close: () => void;
}

/** Fills the panel; `id` of no node in the scene hides it. Gives back whether it is shown. */
export function showDetails(panel: HTMLElement, scene: Scene, id: string | null, actions: DetailsActions): boolean {
  const node = id === null ? undefined : scene.nodes.get(id);
  panel.hidden = node === undefined;
  if (!node) {
    panel.replaceChildren();
    return false;
  }
  const { incoming, outgoing } = scene.relations(node.id);
  panel.className = `details layer-${node.layer}`;
  panel.setAttribute('aria-label', `${node.kind} ${node.name}`);
  panel.replaceChildren(
    heading(node, actions),
    ...problems(node, incoming, actions),
    ...facts(node),
    ...related('Reached from', incoming, scene, actions),
    ...related('Leads to', outgoing, scene, actions),
  );
  return true;
}

function heading(node: TopologyNode, actions: DetailsActions): HTMLElement {
  const title = html('header', {}, icon(layerIcons[node.layer], 'icon kind-icon'));
  const names = html('div', { class: 'names' }, html('h2', {}, node.name));
  const where = [node.kind, node.namespace === undefined ? undefined : `namespace ${node.namespace}`, node.bundle];
  names.append(html('p', { class: 'muted' }, where.filter((part) => part !== undefined).join(' · ')));
  if (node.file !== undefined) {
    const line = node.line === undefined ? '' : `:${node.line}`;
    const place = html(
      'button',
      { type: 'button', class: 'place', title: 'Go to the line (Enter)' },
      `${node.file}${line}`,
    );
    place.append(icon(signs.open));
    place.addEventListener('click', () => actions.open(node.id));
    names.append(place);
  }
  title.append(names, iconButton(signs.close, 'Close the details (Escape)', actions.close));
  return title;
}

function problems(node: TopologyNode, incoming: readonly Relation[], actions: DetailsActions): readonly HTMLElement[] {
  const items = node.problems.map((problem, index) => {
    const { message, rule, level } = problem;
    const button = html('button', { type: 'button', class: `problem ${level}`, title: message }, icon(signs.warning));
    const words = html('span', { class: 'message' }, message);
    button.append(html('span', {}, words, html('span', { class: 'rule' }, rule)));
    button.addEventListener('click', () => actions.openProblem(node.id, index));
    return html('li', {}, button);
  });
  if (node.missing) {
    const messages = new Set(incoming.flatMap(({ link }) => link.messages));
    for (const message of messages) {
      items.push(html('li', {}, html('p', { class: 'problem error' }, icon(signs.warning), html('span', {}, message))));
    }
  }
  return items.length > 0 ? [section('Problems', ...items)] : [];
}

function facts(node: TopologyNode): readonly HTMLElement[] {
  const sections: HTMLElement[] = [];
  const details = (node.detail ?? []).map((text) => html('li', { class: 'mono' }, text));
  if (details.length > 0) sections.push(section(node.layer === 'service' ? 'Ports' : 'Details', ...details));
  const containers = (node.containers ?? []).map(({ name, ports }) =>
    html('li', { class: 'fact' }, html('span', {}, name), html('span', { class: 'mono muted' }, ports.join(', '))),
  );
  if (containers.length > 0) {
    const pods =
      node.replicas === undefined ? '' : node.replicas === 1 ? ' in 1 pod' : ` in each of ${node.replicas} pods`;
    sections.push(section(`Containers${pods}`, ...containers));
  }
  const lines = (node.isolation?.lines ?? []).map((text) => html('li', { class: 'sentence' }, text));
  if (lines.length > 0) sections.push(section('Policies', ...lines));
  return sections;
}

function related(
  title: string,
  all: readonly Relation[],
  scene: Scene,
  actions: DetailsActions,
): readonly HTMLElement[] {
  const items = all.flatMap(({ other, link }) => {
    const node = scene.nodes.get(other);
    if (!node) return [];
    const button = html('button', { type: 'button', class: `relation layer-${node.layer} ${link.state}` });
    const names = html('span', {}, `${node.kind} ${node.name}`);
    const from = scene.nodes.get(link.from);
    const how = [verb(link, from), ...link.labels].join(' · ');
    names.append(html('span', { class: 'muted' }, [how, ...link.messages].join(': ')));
    button.append(icon(layerIcons[node.layer], 'icon kind-icon'), names);
    button.addEventListener('click', () => actions.select(other));
    return [html('li', {}, button)];
  });
  return items.length > 0 ? [section(`${title} (${items.length})`, ...items)] : [];
}

function section(title: string, ...items: readonly HTMLElement[]): HTMLElement {
  return html('section', {}, html('h3', {}, title), html('ul', {}, ...items));
}
