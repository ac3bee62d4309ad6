/** Text of a file, cut into documents and lines. Offsets are UTF-16 units, as LSP counts them. */

/** One YAML document of a file: the text between two separator lines. */
export interface DocumentText {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a stream into documents at lines that are `---`, alone or before white space or a comment, as
 * apimachinery's YAMLReader does before any YAML is parsed. A document that does not parse therefore
 * leaves its neighbours whole. `--- text` keeps its text in the new document, as YAML has it.
 */
export function splitDocuments(text: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let at = text.startsWith('---') ? 0 : text.indexOf('\n---') + 1;
  while (at > 0 || (at === 0 && start === 0 && text.startsWith('---'))) {
    const after = text[at + 3];
    if (after === undefined || after === '\n' || after === '\r' || after === ' ' || after === '\t') {
      documents.push({ start, end: at });
      start = at + 3;
    }
    at = text.indexOf('\n---', at + 3) + 1;
  }
  documents.push({ start, end: text.length });
  return documents;
}

/** A zero-based line and column, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The offsets at which lines start; a line ends with \n, \r\n or \r as in LSP. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    if (code === 10 || code === 13) starts.push(at + 1);
  }
  return starts;
}

/** How far an offset stands from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The position of an offset, by binary search in `starts`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

/** The text of a file by its URI; undefined where there is none. */
export type TextOf = (uri: string) => string | undefined;
