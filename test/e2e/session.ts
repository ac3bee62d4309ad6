// VS Code servers and one browser for all end-to-end tests, ended after the last of them.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { type CodeServer, installExtension, startCodeServer } from '../../scripts/code-server';
import { type Window, openWindow } from './vscode';

const temporary = mkdtempSync(join(tmpdir(), 'podpath-e2e-'));
const ending: (() => Promise<unknown>)[] = [];
let browser: Promise<Browser> | undefined;
let code: Promise<CodeServer> | undefined;

after(async () => {
  for (const end of ending.reverse()) await end();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
});

/** The VS Code in which the packed extension is installed and runs on Node. */
export function vsCode(): Promise<CodeServer> {
  return (code ??= startVsCode('dist/podpath.vsix'));
}

/** A VS Code of its own, in which nothing but this .vsix is installed. */
export async function startVsCode(vsix?: string): Promise<CodeServer> {
  const data = mkdtempSync(join(temporary, 'data-'));
  if (vsix !== undefined) installExtension(data, vsix);
  const server = await startCodeServer(data, {});
  ending.push(() => server.stop());
  return server;
}

/** Runs `end` after the last test. */
export function afterwards(end: () => Promise<unknown>): void {
  ending.push(end);
}

/** A window on a copy of `source`, a folder of this repository; for `anyOrigin` see `openWindow`. */
export async function openCopy(server: CodeServer, source: string, anyOrigin = false): Promise<Window> {
  const folder = join(mkdtempSync(join(temporary, 'copy-')), basename(source));
  cpSync(source, folder, { recursive: true });
  browser ??= launch();
  const query = new URLSearchParams({ folder });
  return openWindow(await browser, `${server.url}?${query}`, folder, anyOrigin);
}

/** A test that leaves a screenshot of the window when it fails. */
export function e2e(name: string, window: () => Promise<Window>, body: (window: Window) => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    const opened = await window();
    try {
      await body(opened);
    } catch (error) {
      await opened.screenshot(`failed ${name}`);
      throw error;
    }
  });
}

async function launch(): Promise<Browser> {
  const started = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? 'chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
  ending.push(() => started.close());
  return started;
}
