// One object as a card.
import { cardText, shorten, wrapName, wrapWords, type Card, type Measure, type Name } from '../card';
import { cardWidth, type Point } from '../layout/geometry';
import type { ProblemLevel, TopologyNode } from '../protocol';
import { svg } from './elements';
import { layerIcons } from './icons';

/** Sizes where the view is too far away for the rest. */
const farTitle = 20;
const farText = 15;
const farLine = 21;

/** The group stands at 0, 0; the caller moves it. */
export function drawCard(node: TopologyNode, card: Card, measure: Measure): SVGGElement {
  const { height } = card;
  const level = worst(node);
  const group = svg('g', {
    class: ['card', `layer-${node.layer}`, node.missing ? 'missing' : '', level ? `has-${level}` : ''].join(' ').trim(),
    role: 'button',
    tabindex: -1,
    'aria-label': describe(node),
  });
  group.append(svg('title', {}, describe(node)));
  if ((node.replicas ?? 1) > 1) {
    group.append(svg('rect', { class: 'behind', x: 4, y: 4, width: cardWidth, height, rx: 8 }));
  }
  group.append(svg('rect', { class: 'body', width: cardWidth, height, rx: 8 }));
  group.append(svg('rect', { class: 'bar', x: 0, y: 10, width: 3, height: height - 20, rx: 1.5 }));
  group.append(near(node, card), far(node, card, measure));
  if (level) group.append(badge(node, level));
  return group;
}

/** All that is read at a normal distance. */
function near(node: TopologyNode, card: Card): SVGGElement {
  const { left, top, titleHeight, subtitleHeight, linesTop, lineHeight } = cardText;
  const group = svg('g', { class: 'near' });
  group.append(svg('path', { class: 'icon', d: layerIcons[node.layer], transform: 'translate(14 12)' }));
  group.append(...titleLines(card.title, 13, (line) => ({ x: left, y: top + 12 + line * titleHeight })));
  const base = top + card.title.lines.length * titleHeight;
  group.append(svg('text', { class: 'subtitle', x: left, y: base + 11 }, card.subtitle));
  if (node.replicas !== undefined && !node.missing) {
    const text = `×${node.replicas}`;
    const width = 12 + text.length * 7;
    group.append(
      svg('rect', { class: 'pill', x: cardWidth - 10 - width, y: base - 1, width, height: 16, rx: 8 }),
      svg('text', { class: 'pill-text', x: cardWidth - 10 - width / 2, y: base + 11 }, text),
    );
  }
  if (card.lines.length === 0) return group;
  const ruleY = base + subtitleHeight + 2.5;
  group.append(svg('line', { class: 'rule', x1: 12, x2: cardWidth - 12, y1: ruleY, y2: ruleY }));
  card.lines.forEach(({ strong, text }, line) => {
    const y = base + subtitleHeight + linesTop + 11 + line * lineHeight;
    if (strong === undefined) {
      group.append(svg('text', { class: 'line', x: 12, y }, text));
      return;
    }
    group.append(svg('text', { class: 'line strong', x: 12, y }, strong));
    group.append(svg('text', { class: 'line end', x: cardWidth - 12, y }, text));
  });
  return group;
}

/** Name and kind alone, larger; of a placeholder also why it is one. */
function far(node: TopologyNode, card: Card, measure: Measure): SVGGElement {
  const group = svg('g', { class: 'far' });
  const room = cardWidth - 26;
  const wide = (text: string): number => (measure(text, 'text') * farText) / 11;
  const name = wrapName(node.name, room, (text) => (measure(text, 'title') * farTitle) / 13);
  const space = Math.floor((card.height - 6) / farLine) - name.lines.length;
  const below = node.missing ? wrapWords(card.message, room, wide, space) : [kindLine(node, card, room, wide)];
  const shown = below.slice(0, Math.max(0, space));
  const first = card.height / 2 + 8 - ((name.lines.length + shown.length - 1) * farLine) / 2;
  group.append(...titleLines(name, farTitle, (line) => ({ x: 15, y: first + line * farLine })));
  shown.forEach((text, line) => {
    const y = first + (name.lines.length + line) * farLine - 1;
    group.append(svg('text', { class: 'subtitle', x: 15, y }, text));
  });
  return group;
}

function kindLine(node: TopologyNode, card: Card, room: number, width: (text: string) => number): string {
  const pods = node.replicas === undefined ? '' : ` ×${node.replicas}`;
  return shorten(card.subtitle, room - width(pods), width) + pods;
}

function titleLines(name: Name, size: number, at: (line: number) => Point): readonly SVGTextElement[] {
  return name.lines.map((text, line) => {
    const { x, y } = at(line);
    return svg('text', { class: 'title', x, y, 'font-size': Math.round(size * name.size * 10) / 10 }, text);
  });
}

function badge(node: TopologyNode, level: ProblemLevel): SVGGElement {
  const count = node.problems.filter((problem) => problem.level === level).length;
  const group = svg('g', { class: 'badge', transform: `translate(${cardWidth - 4} 3)` });
  group.append(svg('circle', { r: 9 }), svg('text', { y: 4 }, count > 9 ? '9+' : String(count)));
  return group;
}

const levels: readonly ProblemLevel[] = ['error', 'warning', 'information', 'hint'];

/** The most serious level among a node's problems. */
export function worst(node: TopologyNode): ProblemLevel | undefined {
  return levels.find((level) => node.problems.some((problem) => problem.level === level));
}

/** What a screen reader says, and the tooltip. */
export function describe(node: TopologyNode): string {
  const name = node.namespace === undefined ? node.name : `${node.namespace}/${node.name}`;
  const parts = [`${node.kind} ${name}`];
  if (node.missing) parts.push('not found');
  if (node.replicas !== undefined) parts.push(node.replicas === 1 ? '1 replica' : `${node.replicas} replicas`);
  const { length } = node.problems;
  if (length > 0) parts.push(length === 1 ? '1 problem' : `${length} problems`);
  return parts.join(', ');
}
