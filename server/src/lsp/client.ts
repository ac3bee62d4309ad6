/** What a client can do, and what it asks for. */
import type { InitializeParams } from 'vscode-languageserver';
import { MarkupKind, ResourceOperationKind } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol';

export interface ClientFacts {
  readonly options: InitializationOptions;
  readonly configuration: boolean;
  readonly watchesFiles: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly markdown: boolean;
  readonly definitionLinks: boolean;
  readonly nestedSymbols: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly showsContents: boolean;
  readonly createsFiles: boolean;
}

export function readClient(params: InitializeParams | undefined): ClientFacts {
  const { workspace, textDocument } = params?.capabilities ?? {};
  const options: unknown = params?.initializationOptions;
  return {
    options: typeof options === 'object' && options !== null ? options : {},
    configuration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    showsContents: workspace?.textDocumentContent !== undefined,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes(ResourceOperationKind.Create) === true,
  };
}
