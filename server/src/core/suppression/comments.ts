/** `# podpath-ignore RULE[, RULE] [REASON]`: on its line, on the next one, or above the first key for the document. */
import type { ManifestDocument, ManifestFile } from '../bundle/file';
import type { TextEdit } from '../finding';
import type { Span, Value } from '../value';
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
  return documents.find(
    ({ at }) =>
      at.end > offset &&
      (at.start <= offset || /^(?:[ \t]*(?:#.*|---)?\r?\n)*(?:---)?$/.test(text.slice(offset, at.start))),
  );
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
  const end = nextLine(text, offset);
  return { uri, start, end: value ? Math.max(end, lastEnd(value, start, end)) : end };
}

function lastEnd(value: Value, start: number, end: number): number {
  const { origin } = value;
  if (origin.end <= start || origin.start >= end) return 0;
  if (value.type === 'scalar') return origin.start >= start ? origin.end : 0;
  const inner = value.type === 'list' ? value.items : value.entries.map((item) => item.value);
  return inner.reduce((last, item) => Math.max(last, lastEnd(item, start, end)), 0);
}

/** The scalar around an offset; a comment is never inside of one, but beside the mark that opens a block. */
export function scalarAround(value: Value | undefined, offset: number): Value | undefined {
  if (!value || offset < value.origin.start || offset >= value.origin.end) return undefined;
  if (value.type === 'scalar') return value;
  const inner = value.type === 'list' ? value.items : value.entries.flatMap((item) => [item.key, item.value]);
  for (const item of inner) {
    const found = scalarAround(item, offset);
    if (found) return found;
  }
  return undefined;
}

function isInside(value: Value | undefined, text: string, offset: number): boolean {
  const around = scalarAround(value, offset);
  if (around?.type !== 'scalar') return false;
  return around.style !== 'block' || offset >= nextLine(text, around.origin.start);
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
