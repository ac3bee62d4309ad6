/** The topology view: a panel that is drawn from what the server answers, and follows the editor. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Location } from 'vscode-languageclient';
import type { NodeAtParams, TopologyAnswer, TopologyParams } from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';
import type { ToHost } from '../webview/protocol';
import type { TopologyPanel } from './topology-panel';
import { createTopologyPanel } from './topology-panel';

/** How long the cursor must rest before its object is marked, in milliseconds. */
const CURSOR_PAUSE = 100;

export interface TopologyCommand {
  /** Shows a folder, or the whole workspace. */
  readonly show: (place?: vscode.Uri) => Promise<void>;
  readonly dispose: () => void;
}

export function createTopology(client: BaseLanguageClient, extension: vscode.Uri): TopologyCommand {
  let panel: TopologyPanel | undefined;
  let scope: TopologyParams = {};
  let answer: TopologyAnswer | undefined;
  let outdated = true;
  let drawing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Draws again as long as changes come in; a graph that is being made is not asked for twice. */
  async function draw(): Promise<void> {
    outdated = true;
    if (drawing) return;
    drawing = true;
    try {
      while (outdated && panel?.isVisible() === true) {
        outdated = false;
        answer = (await client.sendRequest<TopologyAnswer | null>(methods.topology, scope)) ?? undefined;
        if (!answer) break;
        if (answer.scope) scope = { uri: answer.scope.uri };
        if (answer.scope) panel.setTitle(`Topology: ${answer.scope.path}`);
        panel.post({ type: 'graph', graph: answer.graph });
      }
    } finally {
      drawing = false;
    }
    await mark(vscode.window.activeTextEditor);
  }

  async function mark(editor: vscode.TextEditor | undefined): Promise<void> {
    if (!panel || !editor) return;
    const params: NodeAtParams = {
      ...scope,
      textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
      position: client.code2ProtocolConverter.asPosition(editor.selection.active),
    };
    panel.post({ type: 'select', id: await client.sendRequest<string | null>(methods.nodeAt, params) });
  }

  function receive(message: ToHost): void {
    if (message.type === 'ready') {
      run(draw());
      return;
    }
    const place = answer?.places[message.id];
    const target = message.type === 'open' ? place : place?.problems[message.index];
    if (target) run(open(target));
  }

  async function open({ uri, range }: Location): Promise<void> {
    const beside = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== panel?.column());
    await vscode.window.showTextDocument(client.protocol2CodeConverter.asUri(uri), {
      viewColumn: beside?.viewColumn ?? vscode.ViewColumn.Beside,
      selection: client.protocol2CodeConverter.asRange(range),
    });
  }

  function run(work: Promise<void>): void {
    work.catch((error: unknown) => client.error('Topology', error, false));
  }

  const subscriptions = [
    client.onNotification(methods.topologyChanged, () => run(draw())),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      clearTimeout(timer);
      if (panel) timer = setTimeout(() => run(mark(textEditor)), CURSOR_PAUSE);
    }),
  ];

  return {
    async show(place) {
      scope = await scopeOf(place, client);
      if (panel) {
        panel.setTitle('Topology');
        panel.reveal();
        await draw();
        return;
      }
      panel = createTopologyPanel(extension, {
        receive,
        shown: () => {
          if (outdated) run(draw());
        },
        closed: () => (panel = undefined),
      });
    },
    dispose() {
      clearTimeout(timer);
      panel?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** A folder that is named is shown alone; else everything, or as much around the file in the editor as fits. */
async function scopeOf(place: vscode.Uri | undefined, client: BaseLanguageClient): Promise<TopologyParams> {
  const asUri = (uri: vscode.Uri) => client.code2ProtocolConverter.asUri(uri);
  const info = place && (await vscode.workspace.fs.stat(place).then(undefined, () => undefined));
  if (place && info && (info.type & vscode.FileType.Directory) !== 0) return { uri: asUri(place) };
  const file = place ?? vscode.window.activeTextEditor?.document.uri;
  if (!file) return {};
  return vscode.workspace.workspaceFolders === undefined ? { uri: asUri(file) } : { near: asUri(file) };
}
