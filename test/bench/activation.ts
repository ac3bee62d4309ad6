/** How long VS Code says that the extension took to activate, in a real window on the examples. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { installExtension, startCodeServer } from '../../scripts/code-server';
import { openWindow } from '../e2e/vscode';

/** Milliseconds as VS Code shows them; undefined where no VS Code, browser or package is here. */
export async function activationTime(): Promise<number | undefined> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (
    !existsSync(executablePath) ||
    !existsSync('test/e2e/node_modules/code-server') ||
    !existsSync('dist/podpath.vsix')
  )
    return undefined;
  const data = mkdtempSync(join(tmpdir(), 'podpath-activation-'));
  installExtension(data, 'dist/podpath.vsix');
  const server = await startCodeServer(data, {});
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const folder = resolve('examples');
    const window = await openWindow(browser, `${server.url}?${new URLSearchParams({ folder })}`, folder, false);
    await window.openFile('broken/service-selector-matches-nothing.yaml');
    await window.page.waitForSelector('.squiggly-warning');
    await window.runCommand('Developer: Show Running Extensions');
    const row = window.page.locator('.runtime-extensions-editor .extension', { hasText: /podpath/i }).first();
    const text = await row.locator('.activation-time').innerText();
    return Number(/(\d+)\s*ms/.exec(text)?.[1]);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
