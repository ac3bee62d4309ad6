import * as vscode from 'vscode';
import { renderedScheme } from '../../server/src/lsp/protocol';

/** A filter of documents that both VS Code and the language client understand. */
type DocumentPattern = { scheme: string } & ({ language: string } | { language: string; pattern: string });

/** Manifests that a person edits, not the sides of a comparison, nor settings; and what kustomizations build. */
export function documents(): DocumentPattern[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  const schemes = [...new Set(['file', 'untitled', 'vscode-vfs', 'vscode-remote', ...folders])];
  return [
    ...schemes.flatMap((scheme) => [
      { scheme, language: 'yaml' },
      { scheme, language: 'helm' },
      { scheme, language: 'json', pattern: '**/*.json' },
    ]),
    { scheme: renderedScheme, language: 'yaml' },
  ];
}
