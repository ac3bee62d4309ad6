// Gestures in a VS Code window in Chromium: what a person does with keyboard and mouse, and what they then see.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { eventually } from './eventually';

export interface Window {
  readonly page: Page;
  readonly folder: string;
  /** Writes a file of the folder on disk, behind VS Code's back. */
  write(path: string, text: string): void;
  read(path: string): string;
  /** Opens a file of the folder in the editor (Ctrl+P). */
  openFile(path: string): Promise<void>;
  /** Runs a command by its full title (Ctrl+Shift+P); `answers` are typed into the boxes that it then shows. */
  runCommand(title: string, ...answers: string[]): Promise<void>;
  /** Puts the cursor before `word` on the first line of the saved file that contains `line`. */
  goTo(path: string, line: string, word?: string): Promise<void>;
  /** The text of the hover card at `word`. */
  hoverText(path: string, line: string, word?: string): Promise<string>;
  /** Replaces `word`, on the first line of the saved file that contains `line`, in the editor only. */
  replace(path: string, line: string, word: string, text: string): Promise<void>;
  undo(): Promise<void>;
  save(): Promise<void>;
  /** The visible rows of the Problems view as a screen reader says them: files and, under them, messages. */
  problems(): Promise<string[]>;
  /** Errors and warnings of the whole folder, as the status bar counts them. */
  counts(): Promise<{ errors: number; warnings: number }>;
  /** Goes to the definition at the cursor (F12) and waits until `file`, and there `line` if given, is in front. */
  goToDefinition(file: string, line?: number): Promise<void>;
  /** Opens the quick fixes at the cursor, takes the one whose title contains `title`. */
  quickFix(title: string): Promise<void>;
  /** The file in front and its cursor, for example `web.yaml:7:9`. */
  position(): Promise<string>;
  /** The frame of a webview whose document contains `selector`. */
  webviewFrame(selector: string): Promise<Frame>;
  /** Writes test/e2e/screenshots/NAME.png. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the address `url`, which names `folder`, in a new window and waits until VS Code is usable.
 * `anyOrigin`: VS Code may load from addresses that its content security policy forbids.
 */
export async function openWindow(browser: Browser, url: string, folder: string, anyOrigin: boolean): Promise<Window> {
  const size = { width: 1360, height: 860 };
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', bypassCSP: anyOrigin });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  await page.waitForSelector('.monaco-workbench .explorer-viewlet .monaco-list-row', { timeout: 60_000 });
  const at = (path: string): string => join(folder, path);
  const read = (path: string): string => readFileSync(at(path), 'utf8');
  const goTo: Window['goTo'] = async (path, line, word = '') => {
    const [row, column] = find(read(path), line, word);
    await pick(page, 'Control+g', `:${row}:${column}`);
    await eventually(`the cursor at ${row}:${column}`, async () => (await cursor(page)) === `${row}:${column}`);
  };
  return {
    page,
    folder,
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    read,
    openFile: (path) => openFile(page, path),
    runCommand: (title, ...answers) => pick(page, 'Control+Shift+p', `>${title}`, title, answers),
    goTo,
    hoverText: async (path, line, word) => {
      await goTo(path, line, word);
      return hover(page);
    },
    replace: async (path, line, word, text) => {
      await goTo(path, line, word);
      for (let i = 0; i < word.length; i++) await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.insertText(text);
      await page.waitForSelector('.tab.active.dirty');
    },
    undo: async () => {
      await page.keyboard.press('Control+z');
      await page.waitForSelector('.tab.active:not(.dirty)');
    },
    save: async () => {
      await page.keyboard.press('Control+s');
      await page.waitForSelector('.tab.active:not(.dirty)');
    },
    problems: async () => {
      if (!(await page.locator('.markers-panel').isVisible())) {
        const title = 'Problems: Focus on Problems View';
        await pick(page, 'Control+Shift+p', `>${title}`, title);
        await page.locator('.markers-panel').waitFor();
      }
      return page
        .locator('.markers-panel .monaco-list-row')
        .evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''));
    },
    counts: async () => {
      const label = (await page.locator('[id="status.problems"] a').getAttribute('aria-label')) ?? '';
      const count = (what: string): number => Number(new RegExp(`${what}: (\\d+)`).exec(label)?.[1] ?? 0);
      return { errors: count('Errors'), warnings: count('Warnings') };
    },
    goToDefinition: async (file, line) => {
      const place = line === undefined ? `${file}:` : `${file}:${line}:`;
      const arrived = async (): Promise<boolean> =>
        `${await fileInFront(page)}:${await cursor(page)}`.startsWith(place);
      await eventually(`the definition in ${place}`, async () => {
        await page.keyboard.press('F12');
        return eventually(place, arrived, 3);
      });
    },
    quickFix: async (title) => {
      await quickFix(page, title);
    },
    position: async () => `${await fileInFront(page)}:${await cursor(page)}`,
    webviewFrame: (selector) => webviewFrame(page, selector),
    screenshot: async (name) => {
      await page.screenshot({ path: `test/e2e/screenshots/${name}.png` });
    },
    close: () => context.close(),
  };
}

/** One-based line and column of `word` on the first line that contains `line`. */
function find(text: string, line: string, word: string): [number, number] {
  const lines = text.split('\n');
  const row = lines.findIndex((each) => each.includes(line));
  const found = lines[row];
  if (found === undefined) throw new Error(`no line contains ${line}`);
  return [row + 1, found.indexOf(line) + Math.max(0, line.indexOf(word)) + 1];
}

/** Opens a quick pick with `keys`, types `text`, waits for a row with `label` and takes it; then types each of `answers`. */
async function pick(
  page: Page,
  keys: string,
  text: string,
  label?: string | RegExp,
  answers: readonly string[] = [],
): Promise<void> {
  await eventually(`${text} in the quick pick`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press(keys);
    const input = page.locator('.quick-input-widget:visible input');
    await input.waitFor({ timeout: 2000 });
    await input.fill(text);
    if (label !== undefined) {
      const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: label }).first();
      await row.waitFor({ timeout: 3000 });
      await row.click();
    } else {
      await page.keyboard.press('Enter');
    }
    for (const answer of answers) {
      await eventually('the box for the answer', async () => (await input.inputValue()) === '', 2);
      await input.fill(answer);
      await page.keyboard.press('Enter');
    }
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 2000 });
    return true;
  });
}

async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  // The first group: a view that is open beside stays visible.
  await page.keyboard.press('Control+1');
  // A file that has just been written is found a little later; until then another one of its name is.
  const folder = path.slice(0, -name.length).replace(/\/$/, '');
  await pick(page, 'Control+p', path, new RegExp(`${escape(name)}.*${escape(folder)}`, 's'));
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
  await page.waitForSelector('.monaco-editor.focused .view-line');
}

/** A text as an expression that matches it. */
function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function cursor(page: Page): Promise<string> {
  const text = await page.locator('[id="status.editor.selection"]').innerText({ timeout: 2000 });
  const found = /Ln (\d+), Col (\d+)/.exec(text);
  return `${found?.[1]}:${found?.[2]}`;
}

async function fileInFront(page: Page): Promise<string> {
  return (await page.locator('.editor-group-container.active .tab.active').getAttribute('data-resource-name')) ?? '';
}

function hover(page: Page): Promise<string> {
  const card = page.locator('.monaco-editor .monaco-hover:visible .hover-contents');
  return eventually('a hover card', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await card.first().waitFor({ timeout: 2000 });
    const text = (await card.allInnerTexts()).join('\n');
    return text !== '' && !text.startsWith('Loading') && text;
  });
}

function quickFix(page: Page, title: string): Promise<true> {
  return eventually(`the quick fix ${title}`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click({ timeout: 2000 });
    return true;
  });
}

function webviewFrame(page: Page, selector: string): Promise<Frame> {
  return eventually(`a webview with ${selector}`, async () => {
    for (const frame of page.frames())
      if (frame.parentFrame() && (await frame.locator(selector).count()) > 0) return frame;
    return undefined;
  });
}
