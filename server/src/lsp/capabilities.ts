/** What the server says it can do, and what it asks the client to tell it. */
import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { ClientFacts } from './client';
import { fixAllKind } from './code-actions';
import { renderedScheme } from './protocol';

export function capabilities(client: ClientFacts): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentSymbolProvider: { label: 'Podpath' },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, fixAllKind] },
    codeLensProvider: {},
    documentLinkProvider: {},
    // Paths are completed from their start, and after each part of them.
    completionProvider: { triggerCharacters: [' ', '/', '.'] },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      textDocumentContent: { schemes: [renderedScheme] },
    },
    // Findings are pushed or pulled, never both: an editor that gets them twice shows them twice.
    ...(client.options.pullDiagnostics === true
      ? { diagnosticProvider: { identifier: 'podpath', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
  };
}

export async function register(connection: Connection, client: ClientFacts): Promise<void> {
  if (client.registersConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: ['podpath', 'files.exclude'],
    });
  }
  if (client.watchesFiles) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      // A folder that is moved or deleted is told of by its own name only, and generators read files of any name.
      watchers: [{ globPattern: '**/*' }],
    });
  }
}
