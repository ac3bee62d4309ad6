import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { decodeLoosely } from '../../server/src/files/decode';
import type { FindFilesParams, ReadFilesParams } from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';

const manifests = '**/{*.yaml,*.yml,*.json,Kustomization,.gitignore}';

/** Reads files for the server, where it cannot do so itself: in a browser, and in virtual file systems. */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable[] {
  return [
    client.onRequest(methods.findFiles, async ({ places }: FindFilesParams): Promise<string[]> => {
      const found = await Promise.all(places.map((place) => find(vscode.Uri.parse(place))));
      return found.flat().map((uri) => uri.toString());
    }),
    client.onRequest(methods.readFiles, ({ uris }: ReadFilesParams): Promise<(string | null)[]> =>
      Promise.all(uris.map((uri) => read(vscode.Uri.parse(uri)))),
    ),
  ];
}

async function find(place: vscode.Uri): Promise<vscode.Uri[]> {
  try {
    const { type } = await vscode.workspace.fs.stat(place);
    if ((type & vscode.FileType.Directory) === 0) return [place];
    return await vscode.workspace.findFiles(new vscode.RelativePattern(place, manifests));
  } catch {
    return [];
  }
}

async function read(uri: vscode.Uri): Promise<string | null> {
  try {
    return decodeLoosely(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
