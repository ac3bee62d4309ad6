/** What must hold for the whole tree: every rule has its page, every name says what it is. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allKinds, allRules, settingSpecs } from '../../server/src/core/index';

const folder = 'server/src/core/rules';

test('each rule has a file and a page of its name, with at least one example', () => {
  for (const { id } of allRules) {
    assert.ok(existsSync(join(folder, `${id}.ts`)), `${id}.ts`);
    const page = readFileSync(join(folder, `${id}.md`), 'utf8');
    assert.ok(page.startsWith(`# ${id}\n`), `${id}.md starts with its name`);
    assert.match(page, /^```yaml$/m, `${id}.md has an example`);
    assert.match(page, new RegExp(`\\[${id}\\]:`), `${id}.md shows the finding`);
  }
});

test('no page is left without its rule', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  for (const name of readdirSync(folder)) if (name.endsWith('.md')) assert.ok(ids.has(name.slice(0, -3)), name);
});

test('rules say what they find and at which levels', () => {
  for (const { id, summary, levels } of allRules) {
    assert.match(summary, /^[A-Z].*[^.]$/, `${id}: a sentence without a full stop`);
    assert.ok(levels.length > 0, id);
  }
  assert.equal(new Set(allRules.map(({ id }) => id)).size, allRules.length);
});

test('kinds are named once', () => {
  assert.equal(new Set(allKinds.map(({ group, kind }) => `${group}/${kind}`)).size, allKinds.length);
});

test('every setting is a sentence for people', () => {
  for (const { key, description } of settingSpecs) assert.match(description, /^[A-Z].*\.$/, key);
});
