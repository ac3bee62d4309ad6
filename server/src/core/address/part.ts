/** Words inside a scalar, with their places in the file. */
import type { Origin, Scalar } from '../value';

/** Gives the words of a scalar; they are to be asked for in rising order. */
export type Parts = (start: number, end: number) => Scalar;

/**
 * The words of a scalar as scalars of their own: `start` and `end` count in its decoded text. Where the text is not
 * written as it reads (escapes, folded lines), a word has the place of the whole scalar and is not verbatim.
 */
export function partsOf(scalar: Scalar): Parts {
  const shift = scalar.style === 'block' ? blockShift(scalar) : lineShift(scalar);
  return (start, end) => {
    const text = scalar.text.slice(start, end);
    const offset = shift(start, end);
    const origin: Origin =
      offset === undefined
        ? { ...scalar.origin, verbatim: false }
        : { uri: scalar.origin.uri, start: offset + start, end: offset + end, verbatim: scalar.origin.verbatim };
    const value = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : text;
    return { type: 'scalar', value, text, style: 'plain', origin };
  };
}

/** From an offset of the decoded text to one of the file, as a difference. */
type Shift = (start: number, end: number) => number | undefined;

/** Decoding only ever shortens, so equal lengths mean equal texts. What a generator read from a file has no quotes there. */
function lineShift({ text, style, origin }: Scalar): Shift {
  const more = origin.end - origin.start - text.length;
  const shift = more === 0 ? origin.start : more === 2 && style !== 'plain' ? origin.start + 1 : undefined;
  return () => shift;
}

/** Lines of a literal block stand in the file one by one, each behind the same indentation. */
function blockShift({ raw, text, origin }: Scalar): Shift {
  if (raw === undefined) return () => undefined;
  let rawAt = raw.indexOf('\n') + 1;
  let textAt = 0;
  let textEnd = -1;
  let shift: number | undefined;
  return (start, end) => {
    while (start > textEnd) {
      if (textEnd >= 0) {
        textAt = text.indexOf('\n', textAt) + 1;
        rawAt = raw.indexOf('\n', rawAt) + 1;
        if (textAt === 0 || rawAt === 0) return undefined;
      }
      textEnd = endOfLine(text, textAt);
      if (start > textEnd) continue;
      const indent = indentOf(text.slice(textAt, textEnd), raw.slice(rawAt, endOfLine(raw, rawAt)));
      shift = indent === undefined ? undefined : origin.start + rawAt + indent - textAt;
    }
    return end <= textEnd ? shift : undefined;
  };
}

/** How far a line is indented where it is written; undefined when something else is written. */
function indentOf(line: string, written: string): number | undefined {
  const indent = written.length - line.length;
  return indent > 0 && written.endsWith(line) && written.slice(0, indent).trim() === '' ? indent : undefined;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at < 0 ? text.length : at;
  return text.charAt(end - 1) === '\r' && end > from ? end - 1 : end;
}
