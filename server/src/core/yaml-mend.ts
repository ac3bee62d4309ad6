/**
 * Kubernetes' readers let the lines of a quoted text or of a list in brackets be indented less, or with tabs, than the
 * YAML specification wants. Such line breaks are read as spaces here, so that every offset stays what it was.
 */

/** What a strict parser says of a text: its code, its words, and from where to where. */
export interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [start: number, end: number];
}

interface Parsed {
  readonly errors: readonly ParserError[];
}

/** How often a text is mended and read again, how many errors it may have then, and how much is read in all; more is surely not what a person meant. */
const MAX_MENDED = 50;
const MAX_ERRORS = 1000;
const MAX_READ = 5_000_000;

/** Reads a text by a strict parser, mended where Kubernetes' readers do not mind; as it is where that does not help. */
export function parseMended<T extends Parsed>(source: string, parse: (source: string) => T): T {
  const first = parse(source);
  let document = first;
  let mended: string | undefined = source;
  for (let count = 0; count < MAX_MENDED && count * source.length < MAX_READ; count++) {
    if (document.errors.length === 0 || document.errors.length > MAX_ERRORS) break;
    mended = mend(mended, document.errors);
    if (mended === undefined) break;
    document = parse(mended);
  }
  return document.errors.length === 0 ? document : first;
}

/** True for the error of a text in quotes that never ends. */
export function isUnclosed({ message }: Pick<ParserError, 'message'>): boolean {
  return /^Missing closing ['"]quote/.test(message);
}

/** The text without the first of the errors that the readers do not mind, equally long; undefined when there is none. */
function mend(source: string, errors: readonly ParserError[]): string | undefined {
  const unclosed = errors.find(isUnclosed);
  if (unclosed) return joinQuoted(source, unclosed.pos[0], unclosed.message.includes("'") ? "'" : '"');
  const outdented = errors.find(({ code, message }) => code === 'BAD_INDENT' && message.startsWith('Flow '));
  return outdented && joinLine(source, outdented.pos[0]);
}

/** The text with the line around `inside` joined to the one before, unless a comment ends that. */
function joinLine(source: string, inside: number): string | undefined {
  const end = source.lastIndexOf('\n', inside - 1);
  const indent = /^\s*/.exec(source.slice(end, inside))?.[0] ?? '';
  const before = source.slice(source.lastIndexOf('\n', end - 1) + 1, end);
  if (end < 0 || /(?:^|\s)#/.test(before)) return undefined;
  return source.slice(0, end) + ' '.repeat(indent.length) + source.slice(end + indent.length);
}

/** The text with the quoted scalar around `inside` on one line, equally long; undefined when it has no end. */
function joinQuoted(source: string, inside: number, quote: '"' | "'"): string | undefined {
  const token = quote === '"' ? /"[^"\\]*(?:\\[^][^"\\]*)*"/y : /'[^']*(?:''[^']*)*'/y;
  // The nearest quote opens the text, but for quotes that are escaped in it.
  for (let start = source.lastIndexOf(quote, inside - 1), tries = 0; start >= 0 && tries < 20; tries++) {
    token.lastIndex = start;
    const [found] = token.exec(source) ?? [];
    if (found !== undefined && start + found.length > inside)
      return source.slice(0, start) + found.replace(/[\r\n]/g, ' ') + source.slice(start + found.length);
    start = start === 0 ? -1 : source.lastIndexOf(quote, start - 1);
  }
  return undefined;
}
