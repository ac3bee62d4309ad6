/** Which kustomization hovers and code lenses answer for: a status bar item and a quick pick. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  EnvironmentItem,
  EnvironmentsAnswer,
  EnvironmentsParams,
  SelectEnvironmentParams,
  Status,
} from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';
import { count } from './status';

const remembered = 'podpath.environment';
const all = 'all';

type Row = vscode.QuickPickItem & { readonly uri: string | null };

const separator = (label: string): Row => ({ label, kind: vscode.QuickPickItemKind.Separator, uri: null });

export interface Environment {
  readonly dispose: () => void;
  readonly update: (status: Status) => void;
}

/** The item is shown where there are kustomizations to choose from; what is chosen is kept for the workspace. */
export function showEnvironment(client: BaseLanguageClient, memory: vscode.Memento): Environment {
  const item = vscode.window.createStatusBarItem('podpath.environment', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Podpath Environment';
  item.command = 'podpath.selectEnvironment';
  item.tooltip = 'The kustomization that Podpath answers for';

  async function select(uri: string | null): Promise<void> {
    await memory.update(remembered, uri ?? undefined);
    const params: SelectEnvironmentParams = { uri };
    await client.sendNotification(methods.selectEnvironment, params);
  }

  async function pick(): Promise<void> {
    const file = vscode.window.activeTextEditor?.document.uri;
    const params: EnvironmentsParams = file ? { textDocument: { uri: client.code2ProtocolConverter.asUri(file) } } : {};
    const { environments, selected } = await client.sendRequest<EnvironmentsAnswer>(methods.environments, params);
    if (environments.length === 0) {
      void vscode.window.showInformationMessage('There is no kustomization here that stands on its own.');
      return;
    }
    const row = ({ uri, path, by, resources }: EnvironmentItem): Row => ({
      label: uri === selected ? `$(check) ${path}` : path,
      description: count(resources, 'object'),
      ...(by === undefined ? {} : { detail: by }),
      uri,
    });
    const own = environments.filter(({ isOwn }) => isOwn).map(row);
    const others = environments.filter(({ isOwn }) => !isOwn).map(row);
    const rows: Row[] = [
      {
        label: selected === null ? `$(check) ${all}` : all,
        description: 'findings and answers of every kustomization',
        uri: null,
      },
      ...(own.length > 0 ? [separator('with the file in the editor'), ...own] : []),
      ...(own.length > 0 && others.length > 0 ? [separator('others'), ...others] : others),
    ];
    const chosen = await vscode.window.showQuickPick(rows, {
      title: 'Podpath: Select Environment',
      placeHolder: 'The kustomization that hovers and code lenses answer for',
      matchOnDetail: true,
    });
    if (chosen) await select(chosen.uri);
  }

  const uri = memory.get<string>(remembered);
  const started = client.onDidChangeState(() => {
    if (client.isRunning() && uri !== undefined) void select(uri);
  });
  const parts = vscode.Disposable.from(
    item,
    started,
    vscode.commands.registerCommand('podpath.selectEnvironment', pick),
  );
  return {
    update({ environments, environment }) {
      item.text = `$(layers) ${environment ?? 'all environments'}`;
      if (environments > 0) item.show();
      else item.hide();
    },
    dispose: () => void parts.dispose(),
  };
}
