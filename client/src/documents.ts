import * as vscode from 'vscode';

/** A filter of documents that both VS Code and the language client understand. */
type DocumentPattern = { scheme: string } & ({ language: string } | { language: string; pattern: string });

/** File systems whose documents are manifests a person edits; not the sides of a comparison, nor settings. */
export function documents(): DocumentPattern[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  const schemes = [...new Set(['file', 'untitled', 'vscode-vfs', 'vscode-remote', ...folders])];
  return schemes.flatMap((scheme) => [
    { scheme, language: 'yaml' },
    { scheme, language: 'helm' },
    { scheme, language: 'json', pattern: '**/*.json' },
  ]);
}
