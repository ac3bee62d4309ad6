import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { State } from 'vscode-languageclient';
import type { Status } from '../../server/src/lsp/protocol';
import { methods } from '../../server/src/lsp/protocol';
import { documents } from './documents';

/** Counts in the language status of YAML files. A method of the protocol has one handler, so others are told by it. */
export function showStatus(client: BaseLanguageClient, onStatus: (status: Status) => void): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem('podpath', documents());
  item.name = 'Podpath';
  item.text = 'Podpath';
  item.busy = true;
  item.command = { command: 'podpath.showTopology', title: 'Topology' };
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) item.busy = true;
    if (newState !== State.Stopped) return;
    item.busy = false;
    item.text = 'Podpath does not run';
    item.severity = vscode.LanguageStatusSeverity.Error;
  });
  client.onNotification(methods.status, (status: Status) => {
    const { loading, files, resources, errors, warnings } = status;
    onStatus(status);
    item.busy = loading;
    item.text = loading ? 'Podpath reads the folder' : `Podpath: ${problems(errors, warnings) || 'no problems'}`;
    item.detail = `${count(resources, 'object')} in ${count(files, 'file')}`;
    item.severity = errors > 0 ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
  });
  return item;
}

function problems(errors: number, warnings: number): string {
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(
    ', ',
  );
}

/** `1 file`, `3 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
