/// <reference lib="webworker" />
/** The extension in a browser: the server is a worker. */
import type { ExtensionContext } from 'vscode';
import { Uri, workspace } from 'vscode';
import type { LanguageClient as Client } from 'vscode-languageclient/browser';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { start } from './extension';

let client: Client | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist/server/browser.js');
  const server = async () => {
    const worker = await createWorker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  await start(context, (options) => (client = new LanguageClient('podpath', 'Podpath', server, options)));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** VS Code makes no worker from the address of a script on a remote machine, but from its text. */
async function createWorker(script: Uri): Promise<Worker> {
  if (script.scheme !== 'vscode-remote') return new Worker(script.toString(true));
  const text = new Uint8Array(await workspace.fs.readFile(script));
  return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
}
