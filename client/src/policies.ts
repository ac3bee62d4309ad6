/** `Podpath: Create NetworkPolicies from Known Calls`: a new file beside that of the active editor, open and not saved. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { CreatePoliciesAnswer, CreatePoliciesParams } from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';

export function createPolicies(client: BaseLanguageClient): () => Promise<void> {
  return async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      void vscode.window.showInformationMessage('Open a manifest of the namespace that the policies are for.');
      return;
    }
    const params: CreatePoliciesParams = {
      textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) },
    };
    const file = await client.sendRequest<CreatePoliciesAnswer>(methods.createPolicies, params);
    if (!file) {
      void vscode.window.showInformationMessage(
        'Nothing to create: the workloads of this folder have policies, or a kustomization builds them.',
      );
      return;
    }
    const uri = client.protocol2CodeConverter.asUri(file.uri);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false });
    edit.insert(uri, new vscode.Position(0, 0), file.text);
    if (await vscode.workspace.applyEdit(edit)) await vscode.window.showTextDocument(uri);
  };
}
