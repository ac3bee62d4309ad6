/** What the extension does wherever it runs. It is thin: all knowledge of Kubernetes is in the server. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { RevealOutputChannelOn } from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/lsp/protocol';
import { showLocations } from '../../server/src/lsp/protocol';
import { openLocations } from './locations';
import { documents } from './documents';
import { showEnvironment } from './environment';
import { createPolicies } from './policies';
import { showsRendered } from './rendered';
import { serveFiles } from './serve-files';
import { showStatus } from './status';
import { createTopology } from './topology';
import { tracesConnections } from './trace';

/** Starts everything. `create` makes the client for the place where it runs. */
export async function start(
  context: vscode.ExtensionContext,
  create: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<BaseLanguageClient> {
  const initializationOptions: InitializationOptions = { views: true };
  const client = create({
    documentSelector: documents(),
    initializationOptions,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  });
  const topology = createTopology(client, context.extensionUri);
  const environment = showEnvironment(client, context.workspaceState);
  context.subscriptions.push(
    topology,
    environment,
    showStatus(client, environment.update),
    ...serveFiles(client),
    showsRendered(client),
    tracesConnections(client),
    vscode.commands.registerCommand('podpath.showTopology', topology.show),
    vscode.commands.registerCommand('podpath.createPolicies', createPolicies(client)),
    vscode.commands.registerCommand('podpath.restartServer', () => restart(client)),
    vscode.commands.registerCommand('podpath.showOutput', () => client.outputChannel.show(true)),
    vscode.commands.registerCommand(showLocations, openLocations(client)),
  );
  await client.start();
  return client;
}

async function restart(client: BaseLanguageClient): Promise<void> {
  // A server that did not start, or has ended, cannot be stopped; it is started again all the same.
  await client.stop().catch((error: unknown) => client.warn('The server had ended', error, false));
  await client.start();
}
