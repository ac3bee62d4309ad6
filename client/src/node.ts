/** The extension on a desktop or a remote machine: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import type { LanguageClient as Client } from 'vscode-languageclient/node';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './extension';

let client: Client | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server/node.js'), transport: TransportKind.ipc };
  await start(context, (options) => (client = new LanguageClient('podpath', 'Podpath', server, options)));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
