/** `Podpath: Trace Connection` and `Podpath: Who Can Reach This?`: ends to choose from, and answers as lists to click on. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Location } from 'vscode-languageclient';
import type {
  ReachAnswer,
  TraceAnswer,
  TraceAtParams,
  TracedHop,
  TraceEndsAnswer,
  TraceParams,
} from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';

type End = TraceEndsAnswer['from'][number];

interface Row extends vscode.QuickPickItem {
  readonly location?: Location | undefined;
  /** What the row's button copies. */
  readonly rule?: string | undefined;
  /** Where a trace from the row's end begins. */
  readonly from?: string | undefined;
}

const copy: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: 'Copy the rule that would let it through',
};
const follow: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('debug-step-into'), tooltip: 'Trace it' };

const icons = { ok: '$(check)', denied: '$(error)', unresolved: '$(question)' } as const;

/** Both commands. The file in the editor says which manifests are meant. */
export function tracesConnections(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('podpath.traceConnection', () => traceConnection(client)),
    vscode.commands.registerCommand('podpath.whoCanReach', () => whoCanReach(client)),
  );
}

async function traceConnection(client: BaseLanguageClient): Promise<void> {
  const place = placeOf(client);
  if (!place) return;
  const ends = await client.sendRequest<TraceEndsAnswer>(methods.traceEnds, place);
  const from = await choose('Trace Connection: From', ends.from, ends.at, 'NAMESPACE/NAME, internet or an IP');
  const to =
    from === undefined
      ? undefined
      : await choose(
          `Trace Connection: From ${from} To`,
          ends.to,
          undefined,
          'a URL, HOST:PORT, NAMESPACE/NAME:PORT or an IP',
        );
  if (from !== undefined && to !== undefined) await showTrace(client, place, from, to);
}

async function whoCanReach(client: BaseLanguageClient): Promise<void> {
  const place = placeOf(client);
  if (!place) return;
  const answer = await client.sendRequest<ReachAnswer | null>(methods.whoCanReach, place);
  if (!answer) {
    void vscode.window.showInformationMessage('There is no workload in this file.');
    return;
  }
  const rows = answer.rows.map(({ name, from, ports, location }): Row => ({
    label: name,
    description: ports,
    location,
    from,
    buttons: [follow],
  }));
  show(client, `Who Can Reach ${answer.to}: ${rows.length === 0 ? 'Nobody' : rows.length}`, rows, ({ from }) =>
    from === undefined ? undefined : showTrace(client, place, from, answer.to),
  );
}

async function showTrace(client: BaseLanguageClient, { textDocument }: TraceAtParams, from: string, to: string) {
  const params: TraceParams = { textDocument, from, to };
  const { verdict, hops } = await client.sendRequest<TraceAnswer>(methods.trace, params);
  show(client, `${from} → ${to}: ${verdict}`, hops.map(hopRow), ({ rule }) =>
    rule === undefined ? undefined : vscode.env.clipboard.writeText(rule),
  );
}

/** Behind the first line of a detail stands the rule that would let the connection through. */
function hopRow({ step, title, verdict, detail, location }: TracedHop): Row {
  const [first, ...rule] = detail?.split('\n') ?? [];
  return {
    label: `${icons[verdict]} ${title}`,
    description: step,
    location,
    ...(first === undefined ? {} : { detail: first }),
    ...(rule.length > 0 ? { rule: `${rule.join('\n')}\n`, buttons: [copy] } : {}),
  };
}

function placeOf(client: BaseLanguageClient): TraceAtParams | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage('Open a manifest of what is to be traced.');
    return undefined;
  }
  return {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: client.code2ProtocolConverter.asPosition(editor.selection.active),
  };
}

/** One of the ends, or one that is typed; undefined when nothing is chosen. */
function choose(
  title: string,
  ends: readonly End[],
  first: string | undefined,
  hint: string,
): Promise<string | undefined> {
  const known = ends.map(({ text, kind }): vscode.QuickPickItem => ({ label: text, description: kind }));
  const pick = vscode.window.createQuickPick();
  pick.title = `Podpath: ${title}`;
  pick.placeholder = `Choose, or type ${hint}`;
  pick.matchOnDescription = true;
  pick.items = known;
  pick.activeItems = known.filter(({ label }) => label === first);
  pick.onDidChangeValue((value) => {
    const isKnown = value === '' || known.some(({ label }) => label === value);
    pick.items = isKnown ? known : [{ label: value, description: 'as typed', alwaysShow: true }, ...known];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.label);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** A list that stays while its rows are opened one after the other. */
function show(
  client: BaseLanguageClient,
  title: string,
  rows: readonly Row[],
  press: (row: Row) => Thenable<void> | undefined,
): void {
  const list = vscode.window.createQuickPick<Row>();
  list.title = `Podpath: ${title}`;
  list.placeholder = 'Enter opens the line that decides';
  list.ignoreFocusOut = true;
  list.matchOnDescription = true;
  list.items = rows;
  const run = (work: Thenable<unknown> | undefined) =>
    work?.then(undefined, (error: unknown) => client.error('Trace', error, false));
  list.onDidAccept(() => {
    const location = list.activeItems[0]?.location;
    if (location) run(open(client, location));
  });
  list.onDidTriggerItemButton(({ item }) => run(press(item)));
  list.onDidHide(() => list.dispose());
  list.show();
}

async function open(client: BaseLanguageClient, { uri, range }: Location): Promise<void> {
  await vscode.window.showTextDocument(client.protocol2CodeConverter.asUri(uri), {
    preserveFocus: true,
    preview: true,
    selection: client.protocol2CodeConverter.asRange(range),
  });
}
