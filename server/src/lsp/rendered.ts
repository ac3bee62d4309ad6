/** Documents that show what kustomizations build: their text, what is marked in it, and where each line comes from. */
import type { Location, TextDocumentContentParams, TextDocumentPositionParams } from 'vscode-languageserver';
import { TextDocumentContentRefreshRequest } from 'vscode-languageserver';
import type { Rendered, Snapshot, Text } from '../core/index';
import { canonicalUri, lineOf, pathBelow, rendered, renderedHover } from '../core/index';
import { unawaited } from './guard';
import { toLocation } from './positions';
import type { RenderedMark, RenderedMarksParams } from './protocol';
import { renderedScheme } from './protocol';
import type { Session } from './session';

export function isRendered(uri: string): boolean {
  return uri.startsWith(`${renderedScheme}:`);
}

/** The file that such a document was opened for. */
function sourceOf(uri: string): string {
  return canonicalUri(decodeURIComponent(uri.slice(uri.indexOf('?') + 1)));
}

const known = new WeakMap<Snapshot, Map<string, Rendered | undefined>>();

function renderedOf({ snapshot, names }: Session, uri: string): Rendered | undefined {
  const now = snapshot();
  const source = sourceOf(uri);
  const all = known.get(now) ?? new Map<string, Rendered | undefined>();
  known.set(now, all);
  if (!all.has(source)) all.set(source, rendered(now, source, names.path));
  return all.get(source);
}

function textOf(session: Session, uri: string): string {
  if (!session.ready) return '# Files are still being read.\n';
  return renderedOf(session, uri)?.text ?? `# No kustomization builds ${session.names.path(sourceOf(uri))}.\n`;
}

export function renderedContent(session: Session, { uri }: TextDocumentContentParams): { text: string } {
  const text = textOf(session, uri);
  session.rendered.set(uri, text);
  return { text };
}

/** Asks the client to take the texts that are not as it has them. */
export function refreshRendered(session: Session): void {
  const { connection, log, rendered: shown } = session;
  for (const [uri, text] of shown) {
    if (textOf(session, uri) === text) continue;
    unawaited(
      TextDocumentContentRefreshRequest.method,
      log,
      connection.sendRequest(TextDocumentContentRefreshRequest.type, { uri }),
    );
  }
}

export function closeRendered(session: Session, uri: string): void {
  session.rendered.delete(uri);
}

export function renderedMarks(session: Session, { textDocument }: RenderedMarksParams): RenderedMark[] {
  if (!session.ready) return [];
  const snapshot = session.snapshot();
  const found = renderedOf(session, textDocument.uri);
  if (!found) return [];
  const { bundle, marks } = found;
  // The folder stands in the first line, and there is little room beside a line.
  const path = (uri: string) =>
    uri.startsWith(`${bundle.folder}/`) ? pathBelow(bundle.folder, uri) : session.names.path(uri);
  return marks.map(({ change, start, end, by }) => ({
    change,
    start,
    end,
    by: `${path(by.uri)}:${lineOf(snapshot, by)}`,
  }));
}

/** Where the line comes from. */
export function hoverInRendered(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): Text | undefined {
  const found = renderedOf(session, textDocument.uri);
  return found && renderedHover(found, position.line);
}

/** The place where the line would be edited, then those that it was changed or replaced by. */
export function definitionInRendered(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): Location[] {
  const line = renderedOf(session, textDocument.uri)?.lines[position.line];
  const spans = line ? [line.at, ...line.via] : [];
  return spans.map((span) => toLocation(session.snapshot(), span, session.names.spelled));
}
