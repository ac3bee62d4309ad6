import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ServerResponse, createServer } from 'node:http';
import { eventually } from './eventually';
import { afterwards, e2e, openCopy, startVsCode } from './session';
import type { Window } from './vscode';

/** What VS Code asked for. */
const served = new Set<string>();
let opened: Promise<Window> | undefined;
const shop = (): Promise<Window> => (opened ??= openWeb());

e2e('the web build finds the same in a worker of the browser', shop, async (window) => {
  await window.openFile('front/broken.yaml');
  await window.page.waitForSelector('.squiggly-warning');
  await eventually('the finding in Problems', async () =>
    (await window.problems()).some((row) => row.includes('has app=wbe')),
  );
  assert.ok(served.has('dist/server/browser.js'));
});

/** VS Code loads the extension from an address, as vscode.dev does, and so runs it in a worker instead of in Node. */
async function openWeb(): Promise<Window> {
  const address = await serveExtension();
  const window = await openCopy(await startVsCode(), 'test/e2e/shop', true);
  await window.runCommand('Developer: Install Extension from Location...', address);
  return window;
}

/** The address at which this repository is served, with a manifest that has no Node entry. */
function serveExtension(): Promise<string> {
  const server = createServer((request, response) => answer(request.url ?? '/', response));
  afterwards(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return new Promise((serving) => {
    server.listen(0, 'localhost', () => {
      const address = server.address();
      if (typeof address === 'object' && address) serving(`http://localhost:${address.port}/podpath`);
    });
  });
}

function answer(url: string, response: ServerResponse): void {
  const path = new URL(url, 'http://localhost').pathname.replace(/^\/podpath\//, '');
  response.setHeader('Access-Control-Allow-Origin', '*');
  try {
    const body = readFileSync(path);
    served.add(path);
    response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'application/octet-stream');
    response.end(path === 'package.json' ? withoutNode(body.toString()) : body);
  } catch {
    response.writeHead(404).end();
  }
}

function withoutNode(manifest: string): string {
  const parsed = JSON.parse(manifest) as Record<string, unknown>;
  delete parsed['main'];
  return JSON.stringify(parsed);
}
