/** `# podpath-ignore RULE[, RULE] [REASON]`: on its line, on the next one, or above the first key for the document. */
import type { ManifestDocument, ManifestFile } from '../bundle/file';
import type { TextEdit } from '../finding';
import type { Scalar, Span, Value } from '../value';
import type { Ignore } from './ignore';
import { readRules } from './ignore';

/** The ignores in the comments of a file. JSON has no comments. */
export function readComments({ uri, text, documents }: ManifestFile): Ignore[] {
  if (!text.includes('podpath-ignore') || uri.endsWith('.json')) return [];
  const found: Ignore[] = [];
  for (const match of text.matchAll(/#[ \t]*podpath-ignore(?=[\s:]|$)[ \t:]*([^\r\n]*)/g)) {
    const start = match.index;
    const head = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    if (head !== '' && !/[ \t\uFEFF]$/.test(head)) continue;
    const document = documentAt(documents, text, start);
    if (!document || isInside(document.value, text, start)) continue;
    const own = head.trim() === '';
    const written = match[0].trimEnd();
    const at: Span = { uri, start, end: start + written.length };
    const rest = match[1]?.trimEnd() ?? '';
    found.push({
      by: 'comment',
      at,
      rules: readRules(rest, { uri, start: at.end - rest.length, end: at.end }),
      scope: scopeOf(document, text, at, own),
      removal: removal(text, at, own),
    });
  }
  return found;
}

/** The document that holds an offset, or that follows it with nothing but comments before. */
function documentAt(
  documents: readonly ManifestDocument[],
  text: string,
  offset: number,
): ManifestDocument | undefined {
  const next = documents.find(({ at }) => at.end > offset);
  if (!next || next.at.start <= offset) return next;
  return /^(?:[ \t]*(?:#.*|---)?\r?\n)*(?:---)?$/.test(text.slice(offset, next.at.start)) ? next : undefined;
}

function scopeOf({ at, value }: ManifestDocument, text: string, comment: Span, own: boolean): Span {
  const { uri } = comment;
  if (!own) return lines(uri, value, text, comment.start);
  if (value && comment.start < value.origin.start) return { uri, start: at.start, end: at.end };
  let line = nextLine(text, comment.start);
  while (line < at.end && /^[ \t]*(?:#.*)?\r?$/m.exec(text.slice(line, nextLine(text, line)))?.index === 0)
    line = nextLine(text, line);
  return line < at.end ? lines(uri, value, text, line) : { uri, start: comment.end, end: comment.end };
}

/** The line of an offset, with the texts that begin on it and end below. */
function lines(uri: string, value: Value | undefined, text: string, offset: number): Span {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  let end = nextLine(text, offset);
  const scalars = scalarsOf(value);
  for (let at = firstFrom(scalars, start), line = end; (scalars[at]?.origin.start ?? line) < line; at++)
    end = Math.max(end, scalars[at]?.origin.end ?? 0);
  return { uri, start, end };
}

/** The scalar around an offset. */
export function scalarAround(value: Value | undefined, offset: number): Scalar | undefined {
  const scalars = scalarsOf(value);
  const before = scalars[firstFrom(scalars, offset + 1) - 1];
  return before && offset < before.origin.end ? before : undefined;
}

const flattened = new WeakMap<Value, readonly Scalar[]>();

/** All scalars of a document in the order of their places, so that each comment finds its own quickly. */
function scalarsOf(value: Value | undefined): readonly Scalar[] {
  if (!value) return [];
  const known = flattened.get(value);
  if (known) return known;
  const scalars: Scalar[] = [];
  const add = (item: Value): void => {
    if (item.type === 'scalar') scalars.push(item);
    else if (item.type === 'list') for (const inner of item.items) add(inner);
    else
      for (const inner of item.entries) {
        scalars.push(inner.key);
        add(inner.value);
      }
  };
  add(value);
  scalars.sort((a, b) => a.origin.start - b.origin.start);
  flattened.set(value, scalars);
  return scalars;
}

/** The index of the first scalar that starts at an offset or behind it, by binary search. */
function firstFrom(scalars: readonly Scalar[], offset: number): number {
  let low = 0;
  let high = scalars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scalars[middle]?.origin.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A comment is never inside of a text, but it may stand beside the mark that opens a block. */
function isInside(value: Value | undefined, text: string, offset: number): boolean {
  const around = scalarAround(value, offset);
  return around !== undefined && (around.style !== 'block' || offset >= nextLine(text, around.origin.start));
}

/** A comment that has a line of its own goes with the line. */
function removal(text: string, at: Span, own: boolean): TextEdit {
  const before = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', at.start - 1) + 1, at.start))?.[0].length ?? 0;
  const end = own ? nextLine(text, at.end) : at.end;
  return { at: { uri: at.uri, start: at.start - before, end }, newText: '' };
}

/** The offset at which the line after that of an offset starts. */
function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
