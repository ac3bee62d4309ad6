import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { eventually } from './eventually';
import { e2e, openCopy, vsCode } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const broken = (): Promise<Window> => (opened ??= vsCode().then((server) => openCopy(server, 'examples/broken')));

e2e('VS Code counts the errors and warnings that the command line counts', broken, async (window) => {
  const cli = [resolve('dist/cli.js'), 'check', '.', '--format', 'json', '--fail-on', 'never'];
  const output = execFileSync(process.execPath, cli, { cwd: window.folder, encoding: 'utf8' });
  const { errors, warnings } = (JSON.parse(output) as { summary: { errors: number; warnings: number } }).summary;
  assert.ok(errors > 0 && warnings > 0);
  // Findings of closed files need a file of the language to start the extension.
  await window.openFile('service-selector-matches-nothing.yaml');
  await eventually(`${errors} errors and ${warnings} warnings`, async () => {
    const counts = await window.counts();
    return counts.errors === errors && counts.warnings === warnings;
  });
  await window.problems();
  await window.screenshot('examples');
});
