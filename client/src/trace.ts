/** `Podpath: Trace Connection` and `Podpath: Who Can Reach This?`: ends to choose from, and answers in a view of rows to click on. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  ReachAnswer,
  TraceAnswer,
  TraceAtParams,
  TracedHop,
  TraceEndsAnswer,
  TraceParams,
} from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';
import type { ConnectionsView, Row } from './connections-view';
import { createConnectionsView } from './connections-view';

type End = TraceEndsAnswer['from'][number];

const icons = {
  ok: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  denied: new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed')),
  unresolved: new vscode.ThemeIcon('question', new vscode.ThemeColor('editorWarning.foreground')),
} as const;
const note = new vscode.ThemeIcon('info');
const people = new vscode.ThemeIcon('organization');
const party = new vscode.ThemeIcon('arrow-right');

/** Both commands and their view. The file in the editor says which manifests are meant. */
export function tracesConnections(client: BaseLanguageClient): vscode.Disposable {
  const view = createConnectionsView(client);
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand('podpath.traceConnection', () => traceConnection(client, view)),
    vscode.commands.registerCommand('podpath.whoCanReach', () => whoCanReach(client, view)),
  );
}

async function traceConnection(client: BaseLanguageClient, view: ConnectionsView): Promise<void> {
  const place = placeOf(client);
  if (!place) return;
  const ends = await client.sendRequest<TraceEndsAnswer>(methods.traceEnds, place);
  const from = await choose('Trace Connection: From', ends.from, ends.at, 'NAMESPACE/NAME, internet or an IP');
  if (from === undefined) return;
  const hint = 'a URL, HOST:PORT, NAMESPACE/NAME:PORT or an IP';
  const to = await choose(`Trace Connection: From ${shortName(from)} To`, ends.to, ends.toward, hint);
  if (to === undefined) return;
  await view.show(async () => {
    const { verdict, environment, hops } = await trace(client, place, from, to);
    const icon = icons[verdict === 'allowed' ? 'ok' : verdict];
    const title = `${shortName(from)} → ${shortName(to)}`;
    return [opened(title, inEnvironment(verdict, environment), icon, hops.map(hopRow))];
  });
}

async function whoCanReach(client: BaseLanguageClient, view: ConnectionsView): Promise<void> {
  const place = placeOf(client);
  if (!place) return;
  const ask = () => client.sendRequest<readonly ReachAnswer[]>(methods.whoCanReach, place);
  if ((await ask()).length === 0) {
    void vscode.window.showInformationMessage(
      'No workload here. Put the cursor on one, or on a Service, route or policy that leads to one.',
    );
    return;
  }
  await view.show(async () => (await ask()).map((answer) => reachRow(client, place, answer)));
}

function reachRow(client: BaseLanguageClient, place: TraceAtParams, { to, environment, rows }: ReachAnswer): Row {
  const parties = rows.map(({ name, from, ports, location }): Row => ({
    label: name,
    description: ports,
    icon: party,
    location,
    ...(from === undefined ? {} : { children: async () => (await trace(client, place, from, to)).hops.map(hopRow) }),
  }));
  const count = parties.length === 0 ? 'nobody' : String(parties.length);
  return opened(`Who can reach ${shortName(to)}`, inEnvironment(count, environment), people, parties);
}

/** What is built for other environments may be answered otherwise. */
function inEnvironment(answer: string, environment: string | undefined): string {
  return environment === undefined ? answer : `${answer} in ${environment}`;
}

function opened(label: string, description: string, icon: vscode.ThemeIcon, rows: readonly Row[]): Row {
  return { label, description, icon, isOpen: true, children: () => Promise.resolve(rows) };
}

function trace(client: BaseLanguageClient, { textDocument }: TraceAtParams, from: string, to: string) {
  const params: TraceParams = { textDocument, from, to };
  return client.sendRequest<TraceAnswer>(methods.trace, params);
}

/** Behind the first line of a detail stands the rule that would let the connection through. */
function hopRow({ step, title, verdict, detail, location }: TracedHop): Row {
  const [first, ...rule] = detail?.split('\n') ?? [];
  const row: Row = { label: title, description: step, icon: icons[verdict], location };
  if (first === undefined) return row;
  const lines = rule.map((label): Row => ({ label }));
  const children: Row[] = [{ label: first, icon: note }, ...lines];
  return {
    ...row,
    ...(rule.length > 0 ? { rule: `${rule.join('\n')}\n`, isOpen: true } : {}),
    children: () => Promise.resolve(children),
  };
}

/** The place of the cursor, else a folder of the workspace. */
function placeOf(client: BaseLanguageClient): TraceAtParams | undefined {
  const converter = client.code2ProtocolConverter;
  const editor = vscode.window.activeTextEditor;
  const folder = vscode.workspace.workspaceFolders?.[0];
  const start = new vscode.Position(0, 0);
  const [uri, position] = editor ? [editor.document.uri, editor.selection.active] : [folder?.uri, start];
  if (uri) return { textDocument: { uri: converter.asUri(uri) }, position: converter.asPosition(position) };
  void vscode.window.showInformationMessage('Open a manifest of what is to be traced.');
  return undefined;
}

/** `deployment/shop/web` without its kind, which is told beside it. */
function shortName(end: string): string {
  return end.replace(/^[a-z]+\/(?=[^/]+\/[^/]+$)/, '');
}

/** One of the ends, or one that is typed; undefined when nothing is chosen. */
function choose(
  title: string,
  ends: readonly End[],
  first: string | undefined,
  hint: string,
): Promise<string | undefined> {
  type Item = vscode.QuickPickItem & { readonly end: string };
  const known = ends.map(({ text, kind }): Item => ({ label: shortName(text), description: kind, end: text }));
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = `Podpath: ${title}`;
  pick.placeholder = `Choose, or type ${hint}`;
  pick.matchOnDescription = true;
  pick.items = known;
  const active = known.filter(({ end }) => end === first);
  if (active.length > 0) pick.activeItems = active;
  pick.onDidChangeValue((value) => {
    const isKnown = value === '' || known.some(({ label, end }) => label === value || end === value);
    // What is typed stands below what it may be the beginning of: rows are sorted by where their labels match.
    pick.items = isKnown
      ? known
      : [...known, { label: '$(edit)', description: `${value} as typed`, end: value, alwaysShow: true }];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      // Enter may come before the row for what was typed.
      resolve(pick.activeItems[0]?.end ?? (pick.value === '' ? undefined : pick.value));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
