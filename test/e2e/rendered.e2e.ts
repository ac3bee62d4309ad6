import assert from 'node:assert/strict';
import { eventually } from './eventually';
import { e2e, openCopy, vsCode } from './session';
import type { Window } from './vscode';

let opened: Promise<Window> | undefined;
const overlays = (): Promise<Window> => (opened ??= vsCode().then((server) => openCopy(server, 'test/e2e/overlays')));

const kustomization = 'overlays/prod/kustomization.yaml';
/** The text of the view beside the file; spaces in an editor are not all of one kind. */
const viewText = async ({ page }: Window): Promise<string> =>
  (await page.locator('.editor-group-container').nth(1).locator('.view-lines').innerText()).replace(/\u00a0/g, ' ');

/** What is noted after lines; it is drawn and is no text. */
const notes = ({ page }: Window): Promise<string[]> =>
  page
    .locator('.editor-group-container')
    .nth(1)
    .locator('.view-line span')
    .evaluateAll((spans) => spans.map((span) => getComputedStyle(span, '::after').content.replace(/^"|"$/g, '')));

e2e('the rendered manifests stand beside the file, and tell where lines come from', overlays, async (window) => {
  await window.openFile(kustomization);
  await window.runCommand('Podpath: Show Rendered Manifests');
  await eventually('the rendered view', async () => (await viewText(window)).includes('name: prod-web'));
  await eventually('the places of changed lines', async () => (await notes(window)).includes('kustomization.yaml:4'));
  await window.screenshot('rendered');
  const line = window.page.locator('.editor-group-container').nth(1).getByText('prod-web', { exact: true }).first();
  const card = await eventually('the hover', async () => {
    await line.hover();
    const hover = window.page.locator('.monaco-hover:visible .hover-contents');
    await hover.first().waitFor({ timeout: 3000 });
    const text = (await hover.allInnerTexts()).join('\n');
    return text.includes('Written at') && text;
  });
  await window.screenshot('rendered hover');
  assert.match(card, /Written at base\/service\.yaml:4, changed by overlays\/prod\/kustomization\.yaml:4/);
});

e2e('the rendered manifests follow edits that are not saved', overlays, async (window) => {
  await window.replace(kustomization, 'namePrefix: prod-', 'prod-', 'live-');
  await eventually('the new names', async () => (await viewText(window)).includes('name: live-web'));
  await window.undo();
  await eventually('the old names', async () => (await viewText(window)).includes('name: prod-web'));
});

e2e('a lens opens what is built on a base, which follows the selected environment', overlays, async (window) => {
  await window.openFile('base/kustomization.yaml');
  await window.page.locator('.codelens-decoration a', { hasText: '3 objects' }).click();
  await eventually('the first overlay', async () => (await viewText(window)).includes('# overlays/dev/'));
  await window.runCommand('Podpath: Select Environment', 'overlays/prod');
  await eventually('the selected overlay', async () => (await viewText(window)).includes('# overlays/prod/'));
});

e2e('hovers in a base answer for the selected environment', overlays, async (window) => {
  await window.openFile('base/deployment.yaml');
  const card = () => window.hoverText('base/deployment.yaml', 'kind: Deployment', 'Deployment');
  assert.match(await card(), /Deployment shop\/prod-web, 5 pods/);
  await window.runCommand('Podpath: Select Environment', 'overlays/dev');
  await eventually('the other overlay', async () => (await card()).includes('Deployment dev/web, 1 pod'));
});
