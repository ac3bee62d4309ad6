/** Offsets of the core as positions of LSP, and back. Both count UTF-16 units. */
import type { Location, Position, Range } from 'vscode-languageserver';
import type { Resource, Snapshot, Span } from '../core/index';
import { canonicalUri, positionAt, shownResources } from '../core/index';

export function toRange(snapshot: Snapshot, { uri, start, end }: Span): Range {
  const lines = snapshot.lines(uri);
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

/** `spelled` gives a URI as the client writes it. */
export function toLocation(snapshot: Snapshot, at: Span, spelled: (uri: string) => string): Location {
  return { uri: spelled(at.uri), range: toRange(snapshot, at) };
}

/** The offset of a position; one beyond the end of a line or of the file is its end. */
export function toOffset(snapshot: Snapshot, uri: string, { line, character }: Position): number {
  const lines = snapshot.lines(uri);
  const length = snapshot.file(uri)?.text.length ?? 0;
  const start = lines[line];
  if (start === undefined) return line < 0 ? 0 : length;
  return Math.min(start + Math.max(character, 0), (lines[line + 1] ?? length + 1) - 1);
}

/** The object that a position of a file is about, of those that count: the one that holds it, else the next one, else the last. */
export function objectAt(
  snapshot: Snapshot,
  at: { readonly textDocument: { readonly uri: string }; readonly position: Position },
  counts: (resource: Resource) => boolean,
): Resource | undefined {
  const file = canonicalUri(at.textDocument.uri);
  const offset = toOffset(snapshot, file, at.position);
  const objects = shownResources(snapshot, file).filter(counts);
  return objects.find(({ at: { end } }) => end >= offset) ?? objects.at(-1);
}
