import * as vscode from 'vscode';
import { renderHtml } from '../webview/html';
import type { ToHost, ToView } from '../webview/protocol';

export interface TopologyPanel {
  readonly post: (message: ToView) => void;
  readonly setTitle: (title: string) => void;
  readonly reveal: () => void;
  readonly isVisible: () => boolean;
  readonly column: () => vscode.ViewColumn | undefined;
  readonly dispose: () => void;
}

export interface TopologyEvents {
  readonly receive: (message: ToHost) => void;
  /** It became visible again. */
  readonly shown: () => void;
  readonly closed: () => void;
}

/** The panel around the view. Its page loads nothing but the view's own script and style. */
export function createTopologyPanel(extension: vscode.Uri, events: TopologyEvents): TopologyPanel {
  const root = vscode.Uri.joinPath(extension, 'dist/webview');
  const panel = vscode.window.createWebviewPanel(
    'podpath.topology',
    'Topology',
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [root], retainContextWhenHidden: true },
  );
  const address = (file: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  panel.webview.onDidReceiveMessage(events.receive);
  panel.onDidChangeViewState(() => {
    if (panel.visible) events.shown();
  });
  panel.onDidDispose(events.closed);
  panel.webview.html = renderHtml(panel.webview.cspSource, address('topology.js'), address('topology.css'));
  return {
    post: (message) => void panel.webview.postMessage(message),
    setTitle: (title) => (panel.title = title),
    reveal: () => panel.reveal(undefined, true),
    isVisible: () => panel.visible,
    column: () => panel.viewColumn,
    dispose: () => void panel.dispose(),
  };
}
