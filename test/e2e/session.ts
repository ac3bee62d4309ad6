// VS Code servers and one browser for all end-to-end tests, ended after the last of them.
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { type CodeServer, extensionsFolder, installExtension, startCodeServer } from '../../scripts/code-server';
import { type Window, openWindow } from './vscode';

const temporary = mkdtempSync(join(tmpdir(), 'podpath-e2e-'));
const ending: (() => Promise<unknown>)[] = [];
let browser: Promise<Browser> | undefined;

after(async () => {
  for (const end of ending.reverse()) await end();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
});

let desktop: Promise<CodeServer> | undefined;

/** The VS Code in which the packed extension is installed and runs on Node. */
export function vsCode(): Promise<CodeServer> {
  return (desktop ??= startVsCode('dist/podpath.vsix'));
}

/** A VS Code of its own, in which only this .vsix is installed, with a manifest that `change` may edit. */
export async function startVsCode(
  vsix: string,
  change?: (manifest: Record<string, unknown>) => void,
): Promise<CodeServer> {
  const data = mkdtempSync(join(temporary, 'data-'));
  installExtension(data, vsix);
  if (change) changeManifest(extensionsFolder(data), change);
  const server = await startCodeServer(data, {});
  ending.push(() => server.stop());
  return server;
}

function changeManifest(extensions: string, change: (manifest: Record<string, unknown>) => void): void {
  for (const name of readdirSync(extensions)) {
    const file = join(extensions, name, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    change(manifest);
    writeFileSync(file, JSON.stringify(manifest));
  }
}

/** A window on a copy of `source`, a folder of this repository. */
export async function openCopy(server: CodeServer, source: string): Promise<Window> {
  const folder = join(mkdtempSync(join(temporary, 'copy-')), basename(source));
  cpSync(source, folder, { recursive: true });
  browser ??= launch();
  return openWindow(await browser, server.url, folder);
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
