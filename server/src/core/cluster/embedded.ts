/** What a scalar holds: a list with commas, or a whole document, with the places of its words in the file. */
import { partsOf } from '../address/part';
import { isTemplated } from '../templated';
import type { Entry, Scalar, Span, Value } from '../value';
import { readDocument } from '../yaml';

/** The non-empty items of a text such as `10.244.0.0/16, fd00::/56`, each with its place; what is templated is one item. */
export function itemsOf(whole: Scalar, separators: RegExp): Scalar[] {
  if (isTemplated(whole.text)) return [whole];
  const items: Scalar[] = [];
  const parts = partsOf(whole);
  let start = 0;
  for (const piece of whole.text.split(separators)) {
    start = whole.text.indexOf(piece, start);
    const text = piece.trim();
    const first = start + piece.indexOf(text);
    if (text === whole.text) items.push(whole);
    else if (text !== '') items.push(parts(first, first + text.length));
    start += piece.length;
  }
  return items;
}

/** The YAML or JSON document that a scalar holds, with places in the file; undefined when it does not parse. */
export function embedded(whole: Scalar): Value | undefined {
  const { uri } = whole.origin;
  const { value, problems } = readDocument(uri, whole.text, { start: 0, end: whole.text.length }, 'kubectl');
  if (!value || problems.length > 0) return undefined;
  const place = placesIn(whole);
  const origin = ({ start, end }: Span) => {
    if (!place) return { ...whole.origin, verbatim: false };
    const at = { uri, start: place(start), end: place(end) };
    return { ...at, verbatim: at.end - at.start === end - start };
  };
  return moved(value, origin);
}

function moved(value: Value, origin: (at: Span) => Scalar['origin']): Value {
  switch (value.type) {
    case 'scalar':
      return movedScalar(value, origin);
    case 'list':
      return { ...value, origin: origin(value.origin), items: value.items.map((item) => moved(item, origin)) };
    case 'map':
      return {
        ...value,
        origin: origin(value.origin),
        entries: value.entries.map((item): Entry => ({
          key: movedScalar(item.key, origin),
          value: moved(item.value, origin),
        })),
      };
  }
}

function movedScalar(scalar: Scalar, origin: (at: Span) => Scalar['origin']): Scalar {
  return { ...scalar, origin: origin(scalar.origin) };
}

/** From an offset in the decoded text to the offset in the file. */
type Place = (at: number) => number;

/** Undefined where raw and decoded text do not agree well enough to say. */
function placesIn({ origin, style, text, raw }: Scalar): Place | undefined {
  if (!origin.verbatim) return undefined;
  const length = origin.end - origin.start;
  if (style === 'plain') return length === text.length ? (at) => origin.start + at : undefined;
  if (style !== 'block' && length === text.length + 2) return (at) => origin.start + 1 + at;
  const offsets = raw && (style === 'block' ? blockOffsets(raw, text) : style === 'double' ? escaped(raw) : undefined);
  return offsets && offsets.length > text.length ? (at) => origin.start + (offsets[at] ?? length) : undefined;
}

/** Offsets of the characters of a block scalar whose lines stand in the file as they are read. */
function blockOffsets(raw: string, text: string): number[] | undefined {
  const header = /^[|>][-+\d]*[^\n]*\n/.exec(raw)?.[0];
  if (header === undefined) return undefined;
  const lines = raw.slice(header.length).split('\n');
  const offsets: number[] = [];
  let start = header.length;
  for (const [index, line] of text.split('\n').entries()) {
    const written = (lines[index] ?? '').replace(/\r$/, '');
    const indent = line === '' ? 0 : written.length - line.length;
    if (line !== '' && (indent < 0 || !written.endsWith(line) || written.slice(0, indent).trim() !== ''))
      return undefined;
    for (let at = 0; at <= line.length; at++) offsets.push(start + indent + at);
    start += (lines[index]?.length ?? 0) + 1;
  }
  return offsets;
}

/** How many hexadecimal digits follow the letter of an escape. */
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Offsets of the characters of a double-quoted scalar; undefined when its lines are folded. */
function escaped(raw: string): number[] | undefined {
  const offsets: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    const next = raw[at + 1] ?? '';
    if (raw[at] === '\n') return undefined;
    if (raw[at] === '\\' && /[\r\n]/.test(next)) {
      at += /^\\\r?\n[ \t]*/.exec(raw.slice(at))?.[0].length ?? 2;
      continue;
    }
    offsets.push(at);
    at += raw[at] === '\\' ? 2 + (digits[next] ?? 0) : 1;
  }
  return [...offsets, raw.length - 1];
}
