/** The outline of a file in LSP's shapes. */
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import type { Snapshot, Span, Symbol } from '../core/index';
import { toLocation, toRange } from './positions';

const kinds: Readonly<Record<Symbol['type'], SymbolKind>> = {
  object: SymbolKind.Class,
  container: SymbolKind.Module,
  port: SymbolKind.Field,
  route: SymbolKind.Function,
};

export function toDocumentSymbol(symbol: Symbol, snapshot: Snapshot): DocumentSymbol {
  const inside = contains(symbol.span, symbol.nameSpan);
  return {
    name: symbol.name || symbol.type,
    detail: symbol.detail,
    kind: kinds[symbol.type],
    range: toRange(snapshot, symbol.span),
    selectionRange: toRange(snapshot, inside ? symbol.nameSpan : symbol.span),
    children: symbol.children.map((child) => toDocumentSymbol(child, snapshot)),
  };
}

/** For clients without nested symbols. */
export function toFlatSymbols(
  symbol: Symbol,
  snapshot: Snapshot,
  spelled: (uri: string) => string,
  container?: string,
): SymbolInformation[] {
  const own: SymbolInformation = {
    name: symbol.name || symbol.type,
    kind: kinds[symbol.type],
    location: toLocation(snapshot, symbol.span, spelled),
    ...(container === undefined ? {} : { containerName: container }),
  };
  return [own, ...symbol.children.flatMap((child) => toFlatSymbols(child, snapshot, spelled, symbol.name))];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.uri === inner.uri && outer.start <= inner.start && inner.end <= outer.end;
}
