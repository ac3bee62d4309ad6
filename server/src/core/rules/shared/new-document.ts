/** New documents in a file that is there. */
import type { TextEdit } from '../../finding';
import type { Resource } from '../../resource';
import { columnOf } from '../../text';

/** An edit that puts lines as a document behind the one that ends at `end` of a file's `text`. */
export function addDocument(lines: readonly string[], uri: string, text: string, end: number): TextEdit {
  const at = text.slice(0, end).trimEnd().length;
  const gap = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    at: { uri, start: at, end: at },
    newText: ['', '---', ...lines].join(gap) + (at === text.length ? gap : ''),
  };
}

/** Where the document behind that of a resource begins, or the file ends; undefined for items of a list and JSON. */
export function endOfDocument({ at }: Resource, text: string): number | undefined {
  if (at.uri.endsWith('.json') || columnOf(text, at.start) > 0) return undefined;
  const next = /^---(?:\s|$)/m.exec(text.slice(at.end));
  return next ? at.end + next.index : text.length;
}
