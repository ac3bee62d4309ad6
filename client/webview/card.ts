// What a card says and how high it is. Pure: the width of text is asked of `measure`.
import type { TopologyNode } from './protocol';
import { cardWidth } from './layout/geometry';

export type Font = 'title' | 'text';
/** The width of a text in pixels. */
export type Measure = (text: string, font: Font) => number;

/** `strong` stands before `text`: a container before its ports. */
export interface CardLine {
  readonly strong?: string;
  readonly text: string;
}

/** A name on one line or two; `size` is its part of the normal size. */
export interface Name {
  readonly lines: readonly string[];
  readonly size: number;
}

export interface Card {
  readonly title: Name;
  readonly subtitle: string;
  readonly lines: readonly CardLine[];
  /** Of a placeholder: why it is one, uncut. */
  readonly message: string;
  readonly height: number;
}

export const cardText = {
  left: 40,
  right: 12,
  top: 10,
  titleHeight: 17,
  subtitleHeight: 16,
  lineHeight: 16,
  linesTop: 8,
};
const mostLines = 3;

/** `more`: lines about links that are not drawn; of a placeholder, why it is missing. */
export function card(node: TopologyNode, more: readonly string[], measure: Measure): Card {
  const room = cardWidth - cardText.left - cardText.right;
  const title = wrapName(node.name, room, (text) => measure(text, 'title'));
  const lineRoom = cardWidth - 24;
  const width = (text: string): number => measure(text, 'text');
  const message = node.missing ? (more[0] ?? 'not found here') : '';
  const lines = node.missing
    ? wrapWords(message, lineRoom, width, mostLines).map((text) => ({ text }))
    : facts(node, more, lineRoom, width);
  const { top, titleHeight, subtitleHeight, lineHeight, linesTop } = cardText;
  const body = lines.length > 0 ? linesTop + lines.length * lineHeight + 4 : 0;
  return {
    title,
    message,
    subtitle: node.missing ? `${node.kind} · not found` : node.kind,
    lines,
    height: 2 * top + title.lines.length * titleHeight + subtitleHeight - 4 + body,
  };
}

function facts(
  node: TopologyNode,
  more: readonly string[],
  room: number,
  width: (text: string) => number,
): readonly CardLine[] {
  const all: readonly CardLine[] = [
    ...[...more, ...(node.detail ?? [])].map((text) => ({ text })),
    ...(node.containers ?? []).map(({ name, ports }) => ({ strong: name, text: ports.join(', ') })),
  ];
  const shown = all.length > mostLines ? all.slice(0, mostLines - 1) : all;
  const lines = shown.map(({ strong, text }): CardLine => {
    if (strong === undefined) return { text: shorten(text, room, width) };
    const name = shorten(strong, room, width);
    const rest = room - width(name) - 8;
    return { strong: name, text: rest > 30 ? shorten(text, rest, width) : '' };
  });
  const hidden = all.length - shown.length;
  return hidden > 0 ? [...lines, { text: `+ ${hidden} more` }] : lines;
}

/** Cuts the end off a text that is too wide. */
export function shorten(text: string, room: number, width: (text: string) => number): string {
  return width(text) <= room ? text : cut(text, room, width, (length) => `${text.slice(0, length)}…`);
}

/** Cuts the beginning off: of `example.com/api → 80` the path and port say more than the host. */
export function shortenStart(text: string, room: number, width: (text: string) => number): string {
  return width(text) <= room ? text : cut(text, room, width, (length) => `…${text.slice(text.length - length)}`);
}

function cut(text: string, room: number, width: (text: string) => number, take: (length: number) => string): string {
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (width(take(middle)) <= room) fits = middle;
    else tooLong = middle;
  }
  return take(fits);
}

/** Names shrink a little before they are broken. */
const smallest = 0.82;

/** A name on one line if it fits or nearly fits, else on two, broken after a dash or dot where there is one. */
export function wrapName(name: string, room: number, width: (text: string) => number): Name {
  const size = Math.min(1, room / width(name));
  if (size >= smallest) return { lines: [name], size };
  let split = 0;
  let anywhere = 0;
  for (let length = 1; length < name.length && width(name.slice(0, length)) <= room; length++) {
    anywhere = length;
    if (/[-._/:=]/.test(name[length - 1] ?? '')) split = length;
  }
  // A very short first line looks worse than a break in a word.
  const at = split >= anywhere / 2 ? split : anywhere;
  return { lines: [name.slice(0, at), shorten(name.slice(at), room, width)], size: 1 };
}

/** A sentence on at most `most` lines. */
export function wrapWords(
  text: string,
  room: number,
  width: (text: string) => number,
  most: number,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(/\s+/);
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || width(longer) <= room) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) {
      return [...lines, shorten(`${line} ${words.slice(index).join(' ')}`, room, width)];
    }
    lines.push(line);
    line = word;
  }
  return [...lines, shorten(line, room, width)].filter((one) => one !== '');
}
