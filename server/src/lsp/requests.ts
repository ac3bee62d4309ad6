/** What the server answers: one row a request. Each is a conversion around a function of the core. */
import type {
  CodeActionParams,
  CodeLens,
  CodeLensParams,
  DefinitionParams,
  DocumentLink,
  DocumentLinkParams,
  DocumentSymbolParams,
  Hover,
  HoverParams,
  LocationLink,
  MarkupContent,
  ReferenceParams,
  TextDocumentPositionParams,
} from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { Snapshot, Text } from '../core/index';
import { canonicalUri, definition, documentLinks, hover, lenses, references, symbols } from '../core/index';
import { codeActions } from './code-actions';
import { toCompletions } from './completions';
import { environments } from './environments';
import { newPolicies } from './new-file';
import { toDocumentSymbol, toFlatSymbols } from './outline';
import { toLocation, toOffset, toRange } from './positions';
import { methods, showLocations, showRendered } from './protocol';
import { refactorings } from './refactorings';
import { definitionInRendered, hoverInRendered, isRendered, renderedContent, renderedMarks } from './rendered';
import type { Session } from './session';
import { toMarkdown, withoutMarks } from './texts';
import { nodeAt, topology } from './topology';
import { traceConnection, traceEnds, whoCanReach } from './trace';

export const requests: Readonly<Record<string, (session: Session, params: never) => unknown>> = {
  'textDocument/hover': toHover,
  'textDocument/definition': toDefinition,
  'textDocument/references': toReferences,
  'textDocument/documentSymbol': toSymbols,
  'textDocument/codeAction': (session: Session, params: CodeActionParams) =>
    session.ready
      ? [
          ...codeActions(session.snapshot(), params, session.names, session.client.createsFiles),
          ...refactorings(session, params),
        ]
      : [],
  'textDocument/codeLens': toLenses,
  'textDocument/documentLink': toLinks,
  'textDocument/completion': toCompletions,
  [methods.topology]: topology,
  [methods.nodeAt]: nodeAt,
  [methods.environments]: environments,
  [methods.traceEnds]: traceEnds,
  [methods.trace]: traceConnection,
  [methods.whoCanReach]: whoCanReach,
  'workspace/textDocumentContent': renderedContent,
  [methods.renderedMarks]: renderedMarks,
  [methods.createPolicies]: newPolicies,
};

/** A command of a person: its answer is not asked for again, so it waits until everything has been read. */
export const patient: ReadonlySet<string> = new Set([
  methods.environments,
  methods.traceEnds,
  methods.trace,
  methods.whoCanReach,
  methods.createPolicies,
]);

interface At {
  readonly snapshot: Snapshot;
  readonly uri: string;
  readonly offset: number;
}

function at(session: Session, { textDocument, position }: TextDocumentPositionParams): At {
  const snapshot = session.snapshot();
  const uri = canonicalUri(textDocument.uri);
  return { snapshot, uri, offset: toOffset(snapshot, uri, position) };
}

function toHover(session: Session, params: HoverParams): Hover | null {
  if (isRendered(params.textDocument.uri)) {
    const line = hoverInRendered(session, params);
    return line ? { contents: contentsOf(session, [line]) } : null;
  }
  const { snapshot, uri, offset } = at(session, params);
  const found = hover(snapshot, uri, offset);
  return found ? { range: toRange(snapshot, found.span), contents: contentsOf(session, found.lines) } : null;
}

function contentsOf(session: Session, lines: readonly Text[]): MarkupContent {
  const { client, ready, names } = session;
  const texts = lines.map((line) => toMarkdown(line, session.snapshot(), names));
  const all = ready ? texts : [...texts, '_Files are still being read._'];
  return client.markdown
    ? { kind: MarkupKind.Markdown, value: all.join('  \n') }
    : { kind: MarkupKind.PlainText, value: all.map(withoutMarks).join('\n') };
}

function toDefinition(session: Session, params: DefinitionParams) {
  if (isRendered(params.textDocument.uri)) return definitionInRendered(session, params);
  const { snapshot, uri, offset } = at(session, params);
  const { spelled } = session.names;
  const found = definition(snapshot, uri, offset);
  if (!found) return null;
  if (!session.client.definitionLinks) return found.to.map(({ name }) => toLocation(snapshot, name, spelled));
  return found.to.map((target): LocationLink => ({
    originSelectionRange: toRange(snapshot, found.from),
    targetUri: spelled(target.at.uri),
    targetRange: toRange(snapshot, target.at),
    targetSelectionRange: toRange(snapshot, target.name),
  }));
}

function toReferences(session: Session, params: ReferenceParams) {
  const { snapshot, uri, offset } = at(session, params);
  const found = references(snapshot, uri, offset, params.context.includeDeclaration);
  return found.map((span) => toLocation(snapshot, span, session.names.spelled));
}

function toSymbols(session: Session, params: DocumentSymbolParams) {
  const snapshot = session.snapshot();
  const found = symbols(snapshot, canonicalUri(params.textDocument.uri));
  return session.client.nestedSymbols
    ? found.map((symbol) => toDocumentSymbol(symbol, snapshot))
    : found.flatMap((symbol) => toFlatSymbols(symbol, snapshot, session.names.spelled));
}

function toLinks(session: Session, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const snapshot = session.snapshot();
  return documentLinks(snapshot, canonicalUri(textDocument.uri)).map(({ at, target }) => ({
    range: toRange(snapshot, at),
    target: session.names.spelled(target),
  }));
}

/** Nothing is counted before everything has been read. */
function toLenses(session: Session, params: CodeLensParams): CodeLens[] {
  if (!session.ready) return [];
  const snapshot = session.snapshot();
  const { spelled } = session.names;
  const views = session.client.options.views === true;
  return lenses(snapshot, canonicalUri(params.textDocument.uri)).map(({ span, title, places, shows }) => {
    const range = toRange(snapshot, span);
    if (views && shows !== undefined)
      return { range, command: { title, command: showRendered, arguments: [spelled(shows)] } };
    const opens = places.length > 0 && views;
    const locations = places.map((place) => toLocation(snapshot, place, spelled));
    return {
      range,
      command: opens
        ? { title, command: showLocations, arguments: [params.textDocument.uri, range.start, locations] }
        : { title, command: '' },
    };
  });
}
