/** A line of a file with carets under the place that is meant. */
import { lineStarts } from '../core/index';
import type { Paint } from './colours';
import { printable, width } from './printable';
import type { Range } from './report';

/** A text with the offsets at which its lines start. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  return { text, starts: lineStarts(text) };
}

/** Lines are cut to this width where the terminal does not say its own. */
const usualColumns = 120;

/** The first line of a range, numbered, and a line of carets. `caret` paints them. */
export function excerpt(
  { text, starts }: Lines,
  { start, end }: Range,
  caret: (carets: string) => string,
  paint: Paint,
  columns = usualColumns,
): string[] {
  const line = text.slice(starts[start.line - 1], starts[start.line]).trimEnd();
  const stop = end.line === start.line ? end.column - 1 : line.length;
  const number = String(start.line).padStart(5);
  const room = Math.max(columns - number.length - 4, 40);
  const cut = Math.max(0, Math.min(start.column - 1 - Math.floor(room / 3), line.length - room));
  const shown = (a: number, b: number) => printable(line.slice(Math.max(a, cut), Math.max(b, cut)));
  const before = (cut > 0 ? '\u2026' : '') + shown(cut, start.column - 1);
  const marked = shown(start.column - 1, Math.min(stop, cut + room));
  const after = shown(Math.max(stop, start.column - 1), cut + room);
  const carets = '^'.repeat(Math.max(1, width(marked)));
  const bar = paint('quiet', '\u2502');
  return [
    `${paint('quiet', number)} ${bar} ${before}${marked}${after}${cut + room < line.length ? '\u2026' : ''}`,
    `${' '.repeat(number.length)} ${bar} ${' '.repeat(width(before))}${caret(carets)}`,
  ];
}
