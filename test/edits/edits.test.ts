/** Random edits: nothing throws, and what was updated step by step equals what is read from scratch. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { definition, hover, lenses, references, symbols } from '../../server/src/core/index';
import { edited } from './edited';
import { random } from './random';
import { fresh, root, seen } from './seen';
import { world } from './world';

for (const seed of [1, 2, 3, 4]) {
  test(`edits, step by step, give what a fresh read gives (seed ${seed})`, () => {
    const choose = random(seed);
    const files = new Map(
      Array.from({ length: 10 }, (_, index) => [
        `${root}/${choose.of(['', 'a/', 'a/b/', 'c/'])}${index}.yaml`,
        world(choose),
      ]),
    );
    const workspace = fresh(files);
    for (const uri of files.keys()) workspace.snapshot().findings(uri);
    for (let step = 0; step < 60; step++) {
      const uri = choose.of([...files.keys()]);
      if (choose.below(25) === 0) {
        files.delete(uri);
        workspace.delete(uri);
        const moved = `${root}/${choose.of(['', 'a/', 'd/'])}moved-${step}.yaml`;
        files.set(moved, world(choose));
        workspace.set(moved, files.get(moved) ?? '');
      } else {
        files.set(uri, edited(choose.below(20) === 0 ? world(choose) : (files.get(uri) ?? ''), choose));
        workspace.set(uri, files.get(uri) ?? '');
      }
      if (step % 5 === 0)
        assert.deepEqual(seen(workspace, files.keys()), seen(fresh(files), files.keys()), `seed ${seed}, step ${step}`);
      else for (const other of files.keys()) workspace.snapshot().findings(other);
    }
  });
}

test('kustomizations and charts that come and go change what is judged, as a fresh read would', () => {
  const choose = random(9);
  const files = new Map(Array.from({ length: 6 }, (_, index) => [`${root}/app/${index}.yaml`, world(choose)]));
  const workspace = fresh(files);
  const extra: readonly (readonly [string, string])[] = [
    [`${root}/app/kustomization.yaml`, 'resources: [0.yaml, ./1.yaml, ../app/2.yaml]\npatches: [{ path: 3.yaml }]\n'],
    [`${root}/app/Chart.yaml`, 'name: app\nversion: 1.0.0\n'],
    [`${root}/app/kustomization.yaml`, 'resources: [5.yaml]\n'],
  ];
  for (const [uri, text] of extra) {
    files.set(uri, text);
    workspace.set(uri, text);
    assert.deepEqual(seen(workspace, files.keys()), seen(fresh(files), files.keys()), uri);
  }
  for (const uri of [`${root}/app/Chart.yaml`, `${root}/app/kustomization.yaml`]) {
    files.delete(uri);
    workspace.delete(uri);
    assert.deepEqual(seen(workspace, files.keys()), seen(fresh(files), files.keys()), `without ${uri}`);
  }
});

/** `THOROUGH=1 npm run test:core` takes longer to look at more. */
const isThorough = process.env['THOROUGH'] === '1';

test('no feature throws at any place of a half-typed file', () => {
  const choose = random(5);
  const pages = 'server/src/core/rules';
  const samples = readdirSync(pages)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(join(pages, name), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? ''),
    );
  assert.ok(samples.length > 3);
  const [steps, probes] = isThorough ? [3, 12] : [1, 4];
  for (const sample of samples) {
    let text = isThorough ? sample : edited(sample, choose);
    for (let step = 1; step <= steps; step++) {
      const uri = `${root}/main.yaml`;
      const workspace = fresh(new Map([[uri, text]]));
      const snapshot = workspace.snapshot();
      snapshot.findings(uri);
      symbols(snapshot, uri);
      lenses(snapshot, uri);
      for (let probe = 0; probe < probes; probe++) {
        const offset = choose.below(text.length + 1);
        hover(snapshot, uri, offset);
        definition(snapshot, uri, offset);
        references(snapshot, uri, offset, true);
      }
      text = edited(text, choose);
    }
  }
});
