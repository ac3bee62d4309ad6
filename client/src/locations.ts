import * as vscode from 'vscode';
import type { BaseLanguageClient, Location, Position } from 'vscode-languageclient';

/** The command behind a code lens: goes to one location, or shows several to choose from. */
export function openLocations(client: BaseLanguageClient) {
  return async (uri: string, position: Position, locations: readonly Location[]): Promise<void> => {
    const convert = client.protocol2CodeConverter;
    await vscode.commands.executeCommand(
      'editor.action.goToLocations',
      vscode.Uri.parse(uri),
      convert.asPosition(position),
      locations.map((location) => convert.asLocation(location)),
      locations.length === 1 ? 'goto' : 'peek',
      'Nothing is there any more',
    );
  };
}
