/// <reference lib="webworker" />
/** The extension in a browser: the server is a worker. */
import type { ExtensionContext } from 'vscode';
import { Uri } from 'vscode';
import type { LanguageClient as Client } from 'vscode-languageclient/browser';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from './extension';

let client: Client | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server/browser.js').toString(true);
  const server = () => Promise.resolve(new Worker(script));
  await start(context, (options) => (client = new LanguageClient('podpath', 'Podpath', server, options)));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
