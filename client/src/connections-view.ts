/** The view of traced connections in the panel: rows that open the line that decides, and hold what else there is to know. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Location } from 'vscode-languageclient';

const id = 'podpath.connections';

export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon?: vscode.ThemeIcon;
  readonly location?: Location | undefined;
  /** YAML that the button of the row copies. */
  readonly rule?: string | undefined;
  /** Asked for when the row is opened; absent: it cannot be. */
  readonly children?: () => Promise<readonly Row[]>;
  readonly isOpen?: boolean;
}

export interface ConnectionsView {
  readonly dispose: () => void;
  /** Shows the rows that `ask` answers with all below them, and asks again when the person wants to. */
  readonly show: (ask: () => Promise<readonly Row[]>) => Promise<void>;
}

/** The view appears with its first answer. */
export function createConnectionsView(client: BaseLanguageClient): ConnectionsView {
  let answer: readonly Row[] = [];
  let repeat: (() => Promise<readonly Row[]>) | undefined;
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (row) => treeItem(client, row),
    getChildren: async (row) => (row ? [...((await row.children?.()) ?? [])] : [...answer]),
  };
  const view = vscode.window.createTreeView(id, { treeDataProvider: provider });

  async function show(ask: () => Promise<readonly Row[]>): Promise<void> {
    repeat = ask;
    answer = await ask();
    changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', 'podpath.hasConnections', true);
    await vscode.commands.executeCommand(`${id}.focus`, { preserveFocus: true });
  }

  const parts = vscode.Disposable.from(
    view,
    changed,
    vscode.commands.registerCommand('podpath.refreshConnections', () => repeat && show(repeat)),
    vscode.commands.registerCommand('podpath.copyRule', ({ rule }: Row) => vscode.env.clipboard.writeText(rule ?? '')),
  );
  return { show, dispose: () => void parts.dispose() };
}

function treeItem(
  client: BaseLanguageClient,
  { label, description, icon, location, rule, children, isOpen }: Row,
): vscode.TreeItem {
  const state = !children
    ? vscode.TreeItemCollapsibleState.None
    : isOpen
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(label, state);
  item.tooltip = description === undefined ? label : `${label} (${description})`;
  if (description !== undefined) item.description = description;
  if (icon) item.iconPath = icon;
  if (rule !== undefined) item.contextValue = 'rule';
  if (location) {
    const options: vscode.TextDocumentShowOptions = {
      preserveFocus: true,
      selection: client.protocol2CodeConverter.asRange(location.range),
    };
    const uri = client.protocol2CodeConverter.asUri(location.uri);
    item.command = { command: 'vscode.open', title: 'Go to the line', arguments: [uri, options] };
  }
  return item;
}
