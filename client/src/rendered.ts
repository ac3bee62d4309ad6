/** What a kustomization builds, beside the file that it is made of, with the lines that the kustomization changed marked. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { RenderedMark, RenderedMarksParams } from '../../server/src/lsp/protocol';
import { methods, renderedScheme, showRendered } from '../../server/src/lsp/protocol';

/** The command that shows it, and the marks. The text comes from the server by `workspace/textDocumentContent`. */
export function showsRendered(client: BaseLanguageClient): vscode.Disposable {
  const kinds = {
    changed: decoration('editorGutter.modifiedBackground', 'merge.incomingContentBackground'),
    added: decoration('editorGutter.addedBackground', 'diffEditor.insertedLineBackground'),
  };
  const origin = vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 2em' },
  });

  async function mark(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (document.uri.scheme !== renderedScheme || !client.isRunning()) return;
    const { version } = document;
    const params: RenderedMarksParams = { textDocument: { uri: client.code2ProtocolConverter.asUri(document.uri) } };
    const marks = (await client.sendRequest<RenderedMark[] | null>(methods.renderedMarks, params)) ?? [];
    // Marks of a text that is no longer shown would stand at wrong lines.
    if (document.version !== version) return;
    for (const change of ['changed', 'added'] as const) {
      const found = marks.filter((item) => item.change === change);
      editor.setDecorations(
        kinds[change],
        found.map(({ start, end }) => new vscode.Range(start, 0, end, 0)),
      );
    }
    editor.setDecorations(
      origin,
      marks.map(({ start, by }) => ({
        range: document.lineAt(start).range,
        renderOptions: { after: { contentText: by } },
      })),
    );
  }

  function markAll(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) mark(editor).catch((error: unknown) => client.error('Rendered', error, false));
  }

  return vscode.Disposable.from(
    ...Object.values(kinds),
    origin,
    vscode.commands.registerCommand(showRendered, show),
    vscode.window.onDidChangeVisibleTextEditors(markAll),
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      markAll(vscode.window.visibleTextEditors.filter((editor) => editor.document === document)),
    ),
  );
}

function decoration(color: string, background: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderColor: new vscode.ThemeColor(color),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    backgroundColor: new vscode.ThemeColor(background),
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
}

/** `file`: a file of the kustomization, as a URI or as the server writes it; absent: the one in the editor. */
async function show(file?: vscode.Uri | string): Promise<void> {
  const source =
    typeof file === 'string' ? vscode.Uri.parse(file) : (file ?? vscode.window.activeTextEditor?.document.uri);
  if (!source) void vscode.window.showInformationMessage('Open a file of the kustomization that is to be shown.');
  if (!source || source.scheme === renderedScheme) return;
  const name = source.path.slice(source.path.lastIndexOf('/') + 1);
  const uri = vscode.Uri.from({ scheme: renderedScheme, path: `/Rendered ${name}`, query: source.toString() });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}
