/** Safe fixes on everything that the rules' pages and random worlds hold: they end, and they spoil nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyEdits, createWorkspace, fixAll, fixRule } from '../../server/src/core/index';
import { random } from './random';
import { world } from './world';

const root = 'file:///w';
const uri = `${root}/main.yaml`;

function open(text: string) {
  const workspace = createWorkspace((rule, file, error) => {
    throw new Error(`${rule} threw on ${file}`, { cause: error });
  });
  workspace.setRoots([root]);
  workspace.set(uri, text);
  return workspace;
}

const severe = (findings: readonly { readonly level: string }[]) =>
  findings.filter(({ level }) => level === 'error' || level === 'warning').length;

/** The text with all safe fixes, and how many there were. */
function fixed(text: string): { readonly text: string; readonly count: number } {
  const workspace = open(text);
  const wasUnreadable = workspace.snapshot().file(uri)?.unreadable === true;
  let count = 0;
  for (let round = 0; ; round++) {
    const snapshot = workspace.snapshot();
    const { fixed, edits } = fixAll(snapshot, [uri]);
    const before = severe(snapshot.findings(uri));
    const now = snapshot.file(uri)?.text ?? '';
    if (fixed.length === 0) return { text: now, count };
    assert.ok(round < 10, `fixes do not end:\n${now}`);
    const next = applyEdits(now, edits.get(uri) ?? []);
    assert.notEqual(next, now, `a fix that changes nothing: ${fixed.map(({ fix }) => fix.title).join(', ')}`);
    workspace.set(uri, next);
    const after = workspace.snapshot();
    assert.ok(
      wasUnreadable || !after.file(uri)?.unreadable,
      `spoilt by ${fixed.map(({ fix }) => fix.title).join(', ')}:\n${next}`,
    );
    assert.ok(
      severe(after.findings(uri)) <= before,
      `worse by ${fixed.map(({ fix }) => fix.title).join(', ')}:\n${next}`,
    );
    count += fixed.length;
  }
}

/** The files of all pages of rules. */
function samples(): string[] {
  const pages = 'server/src/core/rules';
  return readdirSync(pages)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(join(pages, name), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) =>
        (match[1] ?? '').replace(/^[ \t]*#[ \t]*\^+ .*\n/gm, ''),
      ),
    );
}

/** `THOROUGH=1 npm run test:core` takes longer to look at more. */
const isThorough = process.env['THOROUGH'] === '1';

test('safe fixes of every page end, leave the file readable, and make nothing worse', () => {
  let count = 0;
  for (const sample of samples()) {
    const once = fixed(sample);
    count += once.count;
    // Without a fix, the same text again would give the same answer.
    if (once.count === 0 && !isThorough) continue;
    assert.equal(fixed(once.text).text, once.text);
    // The same with the line ends of Windows.
    const crlf = fixed(sample.replaceAll('\n', '\r\n'));
    assert.equal(crlf.text, once.text.replaceAll('\n', '\r\n'));
  }
  assert.ok(count > 20, `${count} fixes`);
});

test('every fix, safe or not, leaves its file readable', () => {
  for (const sample of samples()) {
    const snapshot = open(sample).snapshot();
    if (snapshot.file(uri)?.unreadable) continue;
    for (const { fixes } of snapshot.findings(uri))
      for (const { title, edits } of fixes) {
        if (edits.some(({ at }) => at.uri !== uri)) continue;
        const text = applyEdits(sample, edits);
        assert.ok(!open(text).snapshot().file(uri)?.unreadable, `spoilt by ${title}:\n${text}`);
      }
  }
});

test('safe fixes of random worlds end, and all fixes of one rule fit together', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const text = Array.from({ length: 4 }, () => world(random(seed))).join('\n---\n');
    fixed(text);
    const snapshot = open(text).snapshot();
    for (const rule of new Set(snapshot.findings(uri).map((finding) => finding.rule))) {
      const { edits } = fixRule(snapshot, [uri], rule);
      applyEdits(text, edits.get(uri) ?? []);
    }
  }
});

test('safe fixes leave what policies select and open as it is', () => {
  const said = (text: string) =>
    open(text)
      .snapshot()
      .file(uri)
      ?.resources.map(({ policy }) => JSON.stringify(policy, withoutPlaces));
  let count = 0;
  for (const sample of samples()) {
    if (!/^kind: \w*NetworkPolicy/m.test(sample)) continue;
    // What the API server refuses says nothing yet.
    const isRefused = open(sample)
      .snapshot()
      .findings(uri)
      .some(({ level }) => level === 'error');
    if (isRefused) continue;
    const once = fixed(sample);
    if (once.count === 0) continue;
    count += once.count;
    assert.deepEqual(said(once.text), said(sample), sample);
  }
  assert.ok(count > 2, `${count} fixes`);
});

const places = new Set(['at', 'path', 'origin', 'written', 'style']);

function withoutPlaces(key: string, value: unknown): unknown {
  if (places.has(key)) return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}
